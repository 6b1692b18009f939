"""How many letters a published plan goes out in, and to whom, in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.meetings.recipients import Audience
from matchmaker.meetings.wording import Names

NAMED = 5
"""How many are named to whom no letter can go."""


def before(told: Audience, *, first: bool, new: int) -> str:
    """What publishing will tell. `new`: how many programmes are new."""
    if not (first or new or told.letters):
        return _("Ingen får et nytt program, så ingen brev går ut.")
    if first:
        opened = _("Alle som er meldt på, får se programmet sitt.")
    else:
        opened = ngettext("%(num)s program er nytt.", "%(num)s programmer er nye.", new) if new else _("Ingen får et nytt program.")
    sent = ngettext("%(num)s brev går ut.", "%(num)s brev går ut.", told.letters) if told.letters else _("Ingen brev går ut.")
    return f"{opened} {sent}"


def named(told: Audience, names: Names) -> list[str]:
    """Whom letters go to, participants first."""
    return [names.told_apart(each) for each in told.reached] + [_("%(name)s (sitter i møter)", name=each.name) for each in told.companions]


def after(told: Audience) -> str:
    """What it has told."""
    sent = ngettext("%(num)s brev er sendt.", "%(num)s brev er sendt.", told.letters) if told.letters else _("Ingen brev er sendt.")
    return " ".join(part for part in (_("Planen er publisert."), sent, _without_address(told)) if part)


def _without_address(told: Audience) -> str:
    names, more = ", ".join(each.name for each in told.nobody[:NAMED]), len(told.nobody) - NAMED
    if more > 0:
        return ngettext("Vi har ingen adresse til %(names)s og én til.", "Vi har ingen adresse til %(names)s og %(num)s til.", more, names=names)
    return _("Vi har ingen adresse til %(names)s.", names=names) if names else ""
