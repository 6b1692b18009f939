"""Square codes that a phone's own camera reads, drawn as SVG inside the page: nothing is fetched, and the page's security policy allows it."""

import segno
from markupsafe import Markup

MARGIN = 4
"""Empty modules around the code, as the standard asks; a camera does not find it without them."""


def svg(text: str, title: str) -> Markup:
    """`text` (an address) as a square of class "qr" without a size of its own, dark on white in both themes; `title` says it to those who listen.

    Stands when a seventh of it is dirty or torn (level M). Raises segno.DataOverflowError for what no code can hold.
    """
    code = segno.make_qr(text, error="m", boost_error=False)
    drawn = code.svg_inline(border=MARGIN, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None, title=title)
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno's own drawing; it escapes the title, and the text is only modules
