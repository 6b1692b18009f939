"""Cuts a text into sentences and list items, as ranges of the text itself."""

import re

from matchmaker.engine.documents import Span

LONGEST = 600
"""Characters after which a sentence is cut at the nearest comma, semicolon or space: a mark must stay readable."""

_ABBREVIATIONS = frozenset(
    """a.a adr alm ang ap apr art aug avd bl bl.a bnr br ca co corp d.d d.v.s del des dir dr dvs e.g e.kr e.l el eks ekskl
    etc etg evt f.eks f.kr f.o.m feb fhv fig fm fmk fork forts fr frk ff fl gl gnr gt gvf hhv hr hp hrs i.e inc inkl
    int inst istf iht ift jan jf jr jun jul kap kgl kl km kr kst l.l ledd lic ltd lnr ltn m.a m.fl m.h.t m.m m.o.h m.v
    mag maks mar md mfl mht mill milj min mkr mnd mr mrd mrs ms mt mv mva n.å nb nr nov no nå o.a o.l o.fl obs okt osb
    osv p.g.a p.t pga pkt pl pos pr pst prof pt red ref res resp s.a s.k s.u sek sekr sen sep sept sign siv skv sml sms
    snr spm sr st stk str t.d t.o.m t.h tab tdl tel tf tlf tidl ang tir tor tore to tsk u.a u.s ukv vol vs v/ vedk
    vgs viz vs årg ev t.v tilsv st ave dept est approx fig eq al u.k u.s.a""".split()
) - {"to", "tore", "no", "min", "sen", "del", "fl", "co", "art", "mar", "nå", "mine", "tor", "tir", "km", "md"}

_BULLET = re.compile(r"[ \t]*(?:[-–—•‣◦▪·●*+>]+|\(?\d{1,2}[.)]|\(?[a-zæøå]\))[ \t]+")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_END = re.compile(r"""(?<![.!?…。！？])[.!?…。！？]+["'”’»)\]]*(?=\s)|(?<=[a-zæøå0-9)][.!?])(?=[A-ZÆØÅ][a-zæøå]+[ ,])|\s(?=[•▪●])""")
_WORD = re.compile(r"[^\W_]")
LONGEST_WORD = 40
_LAST_TOKEN = re.compile(r"[^\s(\[«“\"]+$")
_NEXT = re.compile(r"\s*(\S)")
_NEXT_LOWER = re.compile(r"\s+[a-zæøåäöéü]")


def _ends_here(line: str, match: re.Match) -> bool:
    """Whether a full stop ends the sentence, rather than an abbreviation, an initial or an ordinal number."""
    mark = match.group().strip()
    if not mark or mark.lstrip(".") or len(mark) > 1:
        return not (mark.startswith(("…", "..")) and _NEXT_LOWER.match(line, match.end()))
    token = _LAST_TOKEN.search(line, max(0, match.start() - LONGEST_WORD), match.start())
    word = token.group().lower() if token else ""
    if _NEXT_LOWER.match(line, match.end()):
        return False
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    following = _NEXT.match(line, match.end())
    return not (word.isdigit() and len(word) <= 2 and not (following and following.group(1).isupper()))


def _short_enough(text: str, start: int, end: int):
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        cut = max(window.rfind("; "), window.rfind(", "), 0)
        if cut < LONGEST // 3:
            cut = window.rfind(" ")
        if cut < LONGEST // 3:
            cut = LONGEST - 1
        yield start, start + cut + 1
        start += cut + 1
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if _WORD.search(text, start, end) else None


def sentences(text: str) -> list[Span]:
    """Sentences and list items of ``text``, in order, never overlapping, without surrounding white space.

    Handles Norwegian and English abbreviations, initials, ordinals, bullet lines and missing spaces after a full stop.
    Parts without a single letter or digit are left out; text that has any gives at least one span.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        begin = line.start()
        bullet = _BULLET.match(line.group())
        if bullet and bullet.end() < len(line.group()):
            begin += bullet.end()
        body = text[begin : line.end()]
        at = 0
        cuts = [match.end() for match in _END.finditer(body) if _ends_here(body, match)]
        for cut in [*cuts, len(body)]:
            for start, end in _short_enough(text, begin + at, begin + cut):
                span = _trimmed(text, start, end)
                if span:
                    spans.append(span)
            at = cut
    return spans
