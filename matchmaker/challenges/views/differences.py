"""Two versions beside each other, field by field, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from matchmaker.challenges.comparing import pieces
from matchmaker.challenges.forms import ChallengeForm
from matchmaker.challenges.views.words import goal_name, maturity_name, theme_name
from matchmaker.core.i18n import LANGUAGES, day, number


@dataclass(frozen=True)
class Change:
    """One field that differs: what it said and says, and the pieces in between (see `comparing.pieces`)."""

    name: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        return pieces(self.before, self.after)


def change(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    return Change(name, label(name), said(name, before.get(name)), said(name, after.get(name)))


def label(name: str) -> str:
    """What the field is called to somebody who reads."""
    names = {
        "effect": _("Hva vi vil oppnå"),
        "affected": _("Hvem det gjelder"),
        "requirements": _("Krav"),
        "test_places": _("Her kan det prøves ut"),
        "test_from": _("Prøveperioden begynner"),
        "test_to": _("Prøveperioden slutter"),
        "contribution": _("Dette stiller vi med"),
        "maturity_wanted": _("Løsningen er minst"),
        "budget_from": _("Ramme fra"),
        "budget_to": _("Ramme til"),
    }
    return names.get(name) or str(getattr(ChallengeForm, name).args[0])


def said(name: str, value: Any) -> str:
    """A snapshot's value as text; '' for nothing."""
    if value in (None, "", []):
        return ""
    if name == "requirements":
        return "\n".join(f"{_('Må ha') if essential else _('Bør ha')}: {text}" for text, essential in value)
    if name in {"themes", "sdgs"}:
        return ", ".join((theme_name if name == "themes" else goal_name)(each) for each in value)
    if name in {"test_from", "test_to", "questions_due", "answers_due"}:
        return day(date.fromisoformat(value))
    if name in {"budget_from", "budget_to"}:
        return _("%(amount)s kroner", amount=number(value))
    if name == "maturity_wanted":
        return maturity_name(value)
    return LANGUAGES.get(value, value) if name == "language" else str(value)
