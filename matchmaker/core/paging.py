"""One page of a list: two queries whatever the number of rows."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, inspect, select

from matchmaker.core.access import LARGEST
from matchmaker.core.database import db

SIZE = 20


@dataclass(frozen=True)
class Page:
    items: list[Any]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def near(self) -> list[int]:
        """The numbers worth a link: the first, the last, and the present one between its neighbours."""
        return sorted({number for number in (1, self.number - 1, self.number, self.number + 1, self.pages) if 1 <= number <= self.pages})

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    def url(self, number: int) -> str:
        """This page's address with another page number and everything else kept."""
        return url_with(page=number if number > 1 else None)


def url_with(**changes) -> str:
    """The present address with some query arguments changed; None removes one."""
    arguments: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {}), **changes}
    kept = {name: value for name, value in arguments.items() if value not in (None, [], "") and name != "endpoint" and not name.startswith("_")}
    assert request.endpoint is not None  # whoever asks is a view
    return url_for(request.endpoint, **kept)  # url_for's own arguments are not for whoever writes an address


def page_number(name: str = "page") -> int:
    """`?page=` (or a list's own name), at least 1 and no larger than a database can count to; nonsense counts as 1."""
    return min(max(1, request.args.get(name, 1, type=int) or 1), LARGEST)


def page_of(statement: Select, *, number: int | None = None, size: int = SIZE, counted_apart: bool = False) -> Page:
    """Run the select for one page. A number past the end gives the last page.

    Which rows stand on the page, and of how many, is found first and by their numbers alone: sorting thousands of long texts to show twenty
    costs more than asking twice. `counted_apart`: for a list that an index keeps in order, where a third question is cheaper than
    reading every row with the first.
    """
    number = number or page_number()
    key = inspect(statement.column_descriptions[0]["entity"]).primary_key[0]
    keys = statement.with_only_columns(key, maintain_column_froms=True)
    found = keys if counted_apart else keys.add_columns(func.count().over())
    shown = db.session.execute(found.limit(size).offset((number - 1) * size)).all()
    if not shown and number > 1:
        return page_of(statement, number=max(1, -(-_count(keys) // size)), size=size, counted_apart=counted_apart)
    if not shown:
        return Page([], number, 0, size)
    place = {row[0]: at for at, row in enumerate(shown)}
    items = sorted(db.session.scalars(statement.order_by(None).where(key.in_(place))).unique(), key=lambda item: place[item.id])
    total = _count(keys) if counted_apart else shown[0][1]
    return Page(items, number, total, size)


def _count(keys: Select) -> int:
    return db.session.scalar(select(func.count()).select_from(keys.order_by(None).subquery())) or 0


def page_of_list(items: list[Any], *, number: int | None = None, size: int = SIZE) -> Page:
    """The same for a list already in memory."""
    number = min(number or page_number(), max(1, -(-len(items) // size)))
    return Page(items[(number - 1) * size : number * size], number, len(items), size)
