"""The public list: what a reader asks for in the address, and the select that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import raiseload

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.rules import ENDED
from matchmaker.challenges.states import OPEN, PUBLIC, State
from matchmaker.core.clock import today
from matchmaker.core.database import has_tag
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.letters import holds_text, one_below_another
from matchmaker.core.pieces import may_hold
from matchmaker.core.reference import counties, main_themes, municipalities, sdgs
from matchmaker.core.texts import clean_line
from matchmaker.organisations.models import Organisation

STATES = {"open": OPEN, "evaluation": frozenset({State.UNDER_EVALUATION}), "ended": ENDED, "all": PUBLIC}
SORTS = ("newest", "deadline", "title")
DUE = (7, 30, 90)
LONGEST_SEARCH = 200
READ = one_below_another(Challenge.title, Challenge.need, Challenge.situation, Challenge.effect, Organisation.name)
"""Where the words of a search may stand."""


@dataclass(frozen=True)
class Search:
    """What is asked for. Anything that is not a known choice counts as not asked."""

    words: str = ""
    themes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    county: str = ""
    municipality: str = ""
    language: str = ""
    state: str = "open"
    budget: bool = False
    due: int = 0
    sort: str = "newest"

    @property
    def narrowed(self) -> bool:
        return any(getattr(self, each.name) != each.default for each in fields(self) if each.name != "sort")


def read(arguments) -> Search:
    """From the address: `q`, `theme` and `goal` (several), `county`, `municipality`, `language`, `state`, `budget`, `due` (days), `sort`."""

    def one(name: str, known: Mapping | tuple, default: str = "") -> str:
        value = arguments.get(name, default)
        return value if value in known else default

    due = arguments.get("due", "")
    return Search(
        words=clean_line(arguments.get("q"))[:LONGEST_SEARCH],
        themes=tuple(theme for theme in dict.fromkeys(arguments.getlist("theme")) if theme in main_themes()),
        goals=tuple(goal for goal in dict.fromkeys(arguments.getlist("goal")) if goal in sdgs()),
        county=one("county", counties()),
        municipality=one("municipality", municipalities()),
        language=one("language", LANGUAGES),
        state=one("state", STATES, "open"),
        budget=arguments.get("budget") == "1",
        due=int(due) if due in {str(days) for days in DUE} else 0,
        sort=one("sort", SORTS, "newest"),
    )


def search(asked: Search) -> Select[Challenge]:
    """A select of public challenges, sorted; requirements are not loaded."""
    statement = select(Challenge).join(Challenge.organisation).options(raiseload(Challenge.requirements))
    statement = statement.where(Challenge.published_at.is_not(None), Challenge.state.in_(STATES[asked.state] & PUBLIC))
    for word in asked.words.split()[:12]:
        statement = statement.where(*_may_hold(word), holds_text(READ, word))
    if asked.themes:
        statement = statement.where(or_(*(has_tag(Challenge.themes, theme) for theme in asked.themes)))
    if asked.goals:
        statement = statement.where(or_(*(has_tag(Challenge.sdgs, goal) for goal in asked.goals)))
    if asked.county:
        statement = statement.where(Organisation.municipality_number.startswith(asked.county))
    if asked.municipality:
        statement = statement.where(Organisation.municipality_number == asked.municipality)
    if asked.language:
        statement = statement.where(Challenge.language == asked.language)
    if asked.budget:
        statement = statement.where(or_(Challenge.budget_from > 0, Challenge.budget_to > 0))
    if asked.due:
        statement = statement.where(Challenge.answers_due.between(today(), today() + timedelta(days=asked.due)))
    order = {
        "newest": (Challenge.published_at.desc(),),
        "deadline": (Challenge.answers_due.is_(None), Challenge.answers_due),
        "title": (Challenge.title,),
    }[asked.sort]
    return statement.order_by(*order, Challenge.id.desc())


def _may_hold(word: str) -> list[ColumnElement[bool]]:
    found = [may for key in (Challenge.id, Organisation.id) if (may := may_hold(key, [word.lower()])) is not None]
    return [or_(*found)] if found else []
