"""Why somebody has too few meetings, in sentences that say what to do about it."""

from flask_babel import gettext as _
from flask_babel import ngettext


def few_slots(who: str, slots: int, least: int) -> str:
    """Why somebody cannot have the least number of meetings, and what to do about it."""
    if not slots:
        return _("%(who)s kan ikke komme i noen av tidslukene. Spør dem når de kan, eller sett laveste antall møter til 0.", who=who)
    can = ngettext("%(who)s kan bare komme i én tidsluke", "%(who)s kan bare komme i %(num)s tidsluker", slots, who=who)
    return _("%(can)s, og skal ha minst %(least)s møter. Spør dem om flere tider, eller senk laveste antall.", can=can, least=least)


def have_declined(who: list[str]) -> str:
    return _("%(who)s har takket nei.", who=listed(who))


def listed(names: list[str]) -> str:
    """A, B og C"""
    *first, last = names or [""]
    return _("%(first)s og %(last)s", first=", ".join(first), last=last) if first else last


def full(who: str, most: int) -> str:
    """Somebody has as many meetings as it may have."""
    if not most:
        return _("%(a)s skal ha høyst 0 møter.", a=who)
    return ngettext("%(a)s har allerede det ene møtet sitt.", "%(a)s har allerede alle de %(num)s møtene sine.", most, a=who)


def few_partners(who: str, partners: int, least: int, *, others: bool = False) -> str:
    """`others`: somebody would have fitted, who has declined."""
    if not partners and others:
        return _("Ingen andre passer sammen med %(who)s ennå. Be dem ønske flere, eller si hvem de må møte under Møteønsker.", who=who)
    if not partners:
        return _("Ingen passer sammen med %(who)s ennå: verken ønsker eller forslag. Be dem ønske noen, eller si hvem de må møte under Møteønsker.", who=who)
    fit = ngettext("Bare én passer sammen med %(who)s", "Bare %(num)s passer sammen med %(who)s", partners, who=who)
    return _("%(fit)s, og de skal ha minst %(least)s møter. Be dem ønske flere, eller senk laveste antall.", fit=fit, least=least)
