"""Search over everything: words first, in needs, solutions, organisations and pages; then by meaning, when the model is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import lazyload, raiseload

from matchmaker.challenges import searching
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import PUBLIC
from matchmaker.core.access import public
from matchmaker.core.letters import holds_text, one_below_another
from matchmaker.core.paging import Page, page_number, page_of, page_of_list, url_with
from matchmaker.core.pieces import may_hold
from matchmaker.core.security import within
from matchmaker.core.texts import clean_line
from matchmaker.matches import bridge, likeness
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.rules import is_coordinator
from matchmaker.profiles import queries as profiles
from matchmaker.profiles.models import Profile
from matchmaker.web.pages import blueprint

LONGEST = 200
READ = one_below_another(Organisation.name, Organisation.department, Organisation.org_number)
FEW = 5
"""Shown of each kind on the first page."""
VISITORS_MEANINGS = "20 per minute"
"""Understanding a sentence costs the server a hundred times what a word does: visitors who have not signed in get this many."""
SHORTEST_MEANING = 4
"""Letters before a search says enough to be understood."""


@dataclass(frozen=True)
class Group:
    kind: str
    title: str
    page: Page


@dataclass(frozen=True)
class PageHit:
    title: str
    url: str


@blueprint.get("/sok")
@public
def search():
    """`?q=` the words; `?in=needs|offers|organisations|pages` one kind alone, a page at a time."""
    text = clean_line(request.args.get("q"))[:LONGEST]
    only = request.args.get("in", "")
    kinds = _kinds()
    if not text:
        return render_template("web/search.html", text="", groups=[], meaning=[], only="", readiness="")
    if only in kinds:
        title, find = kinds[only]
        groups = [Group(only, title, find(text, page_number(), 20))]
        return render_template("web/search.html", text=text, groups=groups, meaning=[], only=only, readiness="", url_with=url_with)
    groups = [group for kind, (title, find) in kinds.items() if (group := Group(kind, title, find(text, 1, FEW))).page.total]
    readiness, meaning = _by_meaning(text, groups)
    return render_template("web/search.html", text=text, groups=groups, meaning=meaning, only="", readiness=readiness, url_with=url_with)


def _kinds() -> dict[str, tuple[str, Callable[[str, int, int], Page]]]:
    return {
        "needs": (_("Utfordringer"), lambda text, number, size: page_of(searching.search(searching.Search(words=text, state="all")), number=number, size=size)),
        "offers": (_("Løsninger"), lambda text, number, size: page_of(_offers(text), number=number, size=size)),
        "organisations": (_("Virksomheter"), lambda text, number, size: page_of(_organisations(text), number=number, size=size)),
        "pages": (_("Sider"), lambda text, number, size: page_of_list(_pages(text), number=number, size=size)),
    }


def _offers(text: str) -> Select[Profile]:
    return profiles.search(profiles.Wanted(words=text)).options(raiseload(Profile.references), lazyload(Profile.organisation))


def _organisations(text: str) -> Select[Organisation]:
    """Those that show themselves: with a public need or a listed profile, and clusters. Coordinators search in all."""
    found = select(Organisation).order_by(Organisation.name, Organisation.department, Organisation.id)
    words = text.split()[:8]
    may = may_hold(Organisation.id, [word.lower() for word in words])
    if may is not None:
        found = found.where(may)
    for word in words:
        found = found.where(holds_text(READ, word))
    if is_coordinator(current_user):
        return found
    asks = exists().where(Challenge.organisation_id == Organisation.id, Challenge.published_at.is_not(None), Challenge.state.in_(PUBLIC))
    offers = exists().where(Profile.organisation_id == Organisation.id, Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    return found.where(or_(asks, offers, Organisation.kind == Kind.CLUSTER))


def _pages(text: str) -> list[PageHit]:
    """Pages whose title or keywords hold every word."""
    known = [
        ("web.how", _("Slik virker det"), _("matching begrunnelse forslag bånd modell kortliste introduksjon")),
        ("web.about", _("Om Matchmaker"), _("hvem bak tjenesten kommune inkubator")),
        ("web.privacy", _("Personvern"), _("personopplysninger samtykke slette data informasjonskapsler")),
        ("web.accessibility", _("Tilgjengelighet"), _("universell utforming skjermleser tastatur WCAG")),
        ("challenges.create", _("Beskriv et behov"), _("ny utfordring kommune skrive behov")),
        ("profiles.create", _("Lag profil"), _("ny løsning bedrift registrere profil")),
    ]
    words = text.casefold().split()
    hits = [(endpoint, title) for endpoint, title, keywords in known if all(word in f"{title} {keywords}".casefold() for word in words)]
    return [PageHit(title, url_for(endpoint)) for endpoint, title in hits if endpoint in current_app.view_functions]


def _by_meaning(text: str, groups: list[Group]) -> tuple[str, list[Any]]:
    """What means the same without the same words; whether the model was ready, or `enough` for a visitor who has asked too often."""
    if len(text) < SHORTEST_MEANING:
        return "", []
    readiness = bridge.readiness()
    if readiness != "ready":
        return readiness, []
    if not current_user.is_authenticated and not within(VISITORS_MEANINGS, what="search by meaning"):
        return "enough", []
    shown = {item for group in groups for item in group.page.items if not isinstance(item, PageHit)}
    return readiness, [item for item in likeness.meaning(text, about=_need_about(text, groups), most=FEW) if item not in shown]


def _need_about(text: str, groups: list[Group]) -> int | None:
    """The number of the first need whose title has the word or two that are searched for; more words speak for themselves."""
    words = text.casefold().split()
    needs = [item for group in groups if group.kind == "needs" for item in group.page.items]
    return next((each.id for each in needs if all(word in each.title.casefold() for word in words)), None) if len(words) <= 2 else None
