"""A code is drawn as it was made, and its words reach those who cannot see it."""

import re
import xml.etree.ElementTree as ElementTree

import segno

from matchmaker.meetings import codes

ADDRESS = "http://127.0.0.1:5000/innsjekk/WzEyMywicGVyc29uIG9mIDIwMjYtMTEtMjZUMDg6MDA6MDArMDA6MDAiXQ.bN6ZqkSxI0W0bq1cTNRtYhW3lDk"


def dark(path: str) -> set[tuple[int, int]]:
    """The modules that a path of level strokes covers, as (row, column)."""
    found, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            found |= {(int(y), int(x) + step) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return found


def test_every_dark_module_is_drawn_and_no_other():
    drawing = ElementTree.fromstring(codes.svg(ADDRESS, "Kode"))
    code = segno.make_qr(ADDRESS, error="m", boost_error=False)
    wanted = {(row + 4, column + 4) for row, line in enumerate(code.matrix) for column, bit in enumerate(line) if bit}
    assert dark(drawing.findall("path")[-1].get("d")) == wanted


def test_it_has_a_name_for_those_who_listen_and_no_style_of_its_own():
    drawn = codes.svg(ADDRESS, "Skiltet til <Kari> & co")
    assert drawn.startswith('<svg role="img" ')
    assert "<title>Skiltet til &lt;Kari&gt; &amp; co</title>" in drawn
    assert re.search(r"style|<script|\bon\w+=|href", drawn) is None
