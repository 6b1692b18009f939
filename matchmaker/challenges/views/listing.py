"""The lists: what everybody may read, and what one's own organisation has written."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges import queries, rules
from matchmaker.challenges.searching import DUE, SORTS, Search, read, search
from matchmaker.challenges.states import State
from matchmaker.challenges.views import blueprint
from matchmaker.core.access import public, requires
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.paging import page_of, url_with
from matchmaker.core.reference import counties, main_themes, municipalities, place_name, sdgs

GROUPS = {
    "drafts": (State.DRAFT,),
    "open": (State.PUBLISHED, State.UNDER_EVALUATION),
    "ended": (State.CHOSEN, State.NONE_CHOSEN, State.WITHDRAWN, State.CANCELLED),
    "archived": (State.ARCHIVED,),
}


@blueprint.get("/utfordringer")
@public
def index():
    asked = read(request.args)
    return render_template("challenges/index.html", asked=asked, page=page_of(search(asked)), chips=_chips(asked), choices=_choices(), sorts=_sorts())


@blueprint.get("/utfordringer/mine")
@requires(rules.may_create)
def mine():
    """The group asked for; without one the drafts, which wait for somebody, and what is out now when there are none."""
    asked = request.args.get("gruppe")
    group = asked if asked in GROUPS else "drafts"
    page = _own(group)
    if asked not in GROUPS and not page.total and (out := _own("open")).total:
        group, page = "open", out
    tabs = [(key, label, url_with(gruppe=key, page=None)) for key, label in _group_names().items()]
    return render_template("challenges/mine.html", group=group, tabs=tabs, page=page)


def _own(group: str):
    return page_of(queries.of_my_organisations(current_user, states=GROUPS[group]))


def _group_names() -> dict[str, str]:
    return {"drafts": _("Utkast"), "open": _("Ute nå"), "ended": _("Avsluttet"), "archived": _("Arkiv")}


def _state_names() -> dict[str, str]:
    return {"open": _("Åpne for svar"), "evaluation": _("Under vurdering"), "ended": _("Avsluttede"), "all": _("Alle")}


def _due_name(days: int) -> str:
    return _("Svarfrist innen %(days)s dager", days=days)


def _choices() -> dict[str, list[tuple[str, str]]]:
    """The filters' choices; a select's first is the one that asks for nothing."""
    everywhere = [("", _("Hele landet"))]
    return {
        "themes": sorted(((key, theme.name) for key, theme in main_themes().items()), key=lambda pair: pair[1]),
        "goals": [(key, f"{key}. {goal.name}") for key, goal in sdgs().items()],
        "counties": everywhere + list(counties().items()),
        "municipalities": everywhere + sorted(((key, each.name) for key, each in municipalities().items()), key=lambda pair: pair[1]),
        "languages": [("", _("Alle språk")), *LANGUAGES.items()],
        "states": list(_state_names().items()),
        "due": [("", _("Når som helst"))] + [(str(days), _due_name(days)) for days in DUE],
    }


def _sorts() -> list[tuple[str, str, str]]:
    names = {"newest": _("Nyeste"), "deadline": _("Svarfrist"), "title": _("Tittel")}
    return [(key, names[key], url_with(sort=key if key != "newest" else None, page=None)) for key in SORTS]


def _chips(asked: Search) -> list[tuple[str, str]]:
    """Each filter in use with the address where it is not."""
    chips: list[tuple[str, dict[str, Any]]] = [(f"«{asked.words}»", {"q": None})] if asked.words else []
    chips += [(main_themes()[theme].name, {"theme": [each for each in asked.themes if each != theme]}) for theme in asked.themes]
    chips += [(f"{goal}. {sdgs()[goal].name}", {"goal": [each for each in asked.goals if each != goal]}) for goal in asked.goals]
    chips += [(place_name(getattr(asked, name)), {name: None}) for name in ("county", "municipality") if getattr(asked, name)]
    chips += [(LANGUAGES[asked.language], {"language": None})] if asked.language else []
    chips += [(_state_names()[asked.state], {"state": None})] if asked.state != "open" else []
    chips += [(_("Har budsjett"), {"budget": None})] if asked.budget else []
    chips += [(_due_name(asked.due), {"due": None})] if asked.due else []
    return [(label, url_with(page=None, **change)) for label, change in chips]


