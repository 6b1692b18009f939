"""Counts said the way people say them: «Tre sterke, fire mulige»."""

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from matchmaker.core.i18n import number
from matchmaker.matches.states import Band


def in_words(count: int) -> str:
    """Up to twelve in letters (for things in the common gender), figures beyond."""
    words = (
        pgettext("antall", "ingen"),
        pgettext("antall", "én"),
        pgettext("antall", "to"),
        pgettext("antall", "tre"),
        pgettext("antall", "fire"),
        pgettext("antall", "fem"),
        pgettext("antall", "seks"),
        pgettext("antall", "sju"),
        pgettext("antall", "åtte"),
        pgettext("antall", "ni"),
        pgettext("antall", "ti"),
        pgettext("antall", "elleve"),
        pgettext("antall", "tolv"),
    )
    return words[count] if 0 <= count < len(words) else number(count)


def strong(count: int) -> str:
    return ngettext("%(words)s sterk", "%(words)s sterke", count, words=in_words(count))


def possible(count: int) -> str:
    return ngettext("%(words)s mulig", "%(words)s mulige", count, words=in_words(count))


def weak(count: int) -> str:
    return ngettext("%(words)s svak", "%(words)s svake", count, words=in_words(count))


def heading(counts: dict[str, int]) -> str:
    """What was found, best first; weak ones are only named where there are no better. «Ingen god match» where there is none."""
    named = [(Band.STRONG, strong), (Band.POSSIBLE, possible)]
    parts = [words(counts[band]) for band, words in named if counts.get(band)]
    if not parts:
        return _("Bare svake forslag") if counts.get(Band.STRETCH) else _("Ingen god match")
    text = ", ".join(parts)
    return text[0].upper() + text[1:]
