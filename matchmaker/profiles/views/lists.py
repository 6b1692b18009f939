"""The list and one profile."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import public, requires
from matchmaker.core.clock import today
from matchmaker.core.paging import page_of, url_with
from matchmaker.core.reference import MATURITY, counties, main_themes, place_name, sdgs, themes
from matchmaker.organisations.models import Kind
from matchmaker.organisations.rules import is_coordinator
from matchmaker.profiles import queries, rules
from matchmaker.profiles.completeness import completeness
from matchmaker.profiles.content import LANGUAGES
from matchmaker.profiles.forms import language_name, language_title
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import Wanted
from matchmaker.profiles.views import blueprint


@blueprint.get("/losninger")
@public
def index():
    wanted = queries.wanted_of(request.args)
    page = page_of(queries.search(wanted))
    return render_template(
        "profiles/index.html",
        page=page,
        wanted=wanted,
        kinds=_kinds(),
        theme_choices=sorted(((key, theme.name) for key, theme in main_themes().items()), key=lambda choice: choice[1]),
        county_choices=[("", _("Hele landet")), *counties().items()],
        language_choices=[("", _("Alle språk")), *((code, language_title(code)) for code in LANGUAGES)],
        maturity_choices=[
            ("", _("Alle")),
            *((level, _("%(level)s eller høyere: %(words)s", level=level, words=words)) for level, words in MATURITY.items() if level > 1),
        ],
        chips=_chips(wanted),
        sorts=[(key, label, url_with(sort=key if key != "confirmed" else None, page=None)) for key, label in _sort_names().items()],
        theme_names=theme_names,
        may_create=rules.may_create(current_user),
        asked={name: request.args.getlist(name) for name in queries.ASKED if name in request.args},
        may_import=is_coordinator(current_user),
        mine=queries.mine(current_user) if current_user.is_authenticated else [],
        free=queries.may_be_made_for(current_user) if current_user.is_authenticated else [],
        has_view=has_view,
    )


@blueprint.get("/losninger/<int:profile_id>")
@requires(rules.may_see, queries.find, anonymous=True)
def show(profile: Profile):
    return render_template("profiles/show.html", profile=profile, has_view=has_view, **described(profile), **_rights(profile))


@blueprint.get("/losninger/<int:profile_id>/utskrift")
@requires(rules.may_see, queries.find, anonymous=True)
def print_page(profile: Profile):
    return render_template("profiles/print.html", profile=profile, today=today, **described(profile))


def has_view(endpoint: str) -> bool:
    """Rooms above may be linked to by name when they are there."""
    return endpoint in current_app.view_functions


def described(profile: Profile) -> dict[str, Any]:
    """The facts of a profile in the reader's words."""
    return {
        "kind_name": _kinds().get(profile.organisation.kind, ""),
        "maturity_words": MATURITY.get(profile.maturity) if profile.maturity else None,
        "theme_names": theme_names(profile),
        "sdg_names": [f"{key}. {sdgs()[key].name}" for key in sorted(profile.sdgs, key=lambda each: int(each) if each.isdigit() else 99) if key in sdgs()],
        "place_names": sorted(place_name(number) for number in profile.places),
        "language_names": [language_name(code) for code in profile.languages],
    }


def theme_names(profile: Profile) -> list[str]:
    return sorted(themes()[key].name for key in profile.themes if key in themes())


def _rights(profile: Profile) -> dict[str, Any]:
    may_edit = rules.may_edit(current_user, profile)
    return {
        "may_edit": may_edit,
        "to_confirm": may_edit and rules.needs_confirmation(profile),
        "complete": completeness(profile) if may_edit else None,
        "may_verify": lambda reference: rules.may_verify(current_user, reference),
    }


def _kinds() -> dict[str, str]:
    return {Kind.STARTUP: _("Oppstartsbedrift"), Kind.CLUSTER_PARTNER: _("Klyngepartner")}


def _sort_names() -> dict[str, str]:
    return {"confirmed": _("Sist bekreftet"), "name": _("Navn"), "new": _("Nyeste")}


def _chips(wanted: Wanted) -> list[tuple[str, str]]:
    """(words, address without it) for every filter in use."""
    found = []
    if wanted.words:
        found.append((f"«{wanted.words}»", url_with(q=None, page=None)))
    for theme in wanted.themes:
        found.append((main_themes()[theme].name, url_with(theme=[each for each in wanted.themes if each != theme], page=None)))
    if wanted.kind:
        found.append((_kinds()[wanted.kind], url_with(kind=None, page=None)))
    if wanted.maturity:
        found.append((_("Modenhet fra %(level)s", level=wanted.maturity), url_with(maturity=None, page=None)))
    if wanted.county:
        found.append((counties()[wanted.county], url_with(county=None, page=None)))
    if wanted.language:
        found.append((language_title(wanted.language), url_with(language=None, page=None)))
    if wanted.capacity:
        found.append((_("Har plass til flere piloter"), url_with(capacity=None, page=None)))
    if wanted.verified:
        found.append((_("Bekreftet referanse"), url_with(verified=None, page=None)))
    return [(label, url if "?" in url else url_for("profiles.index")) for label, url in found]
