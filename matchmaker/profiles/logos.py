"""Logos: told by content and not by name, made small, drawn anew so that nothing but the picture is kept."""

import io
from pathlib import Path
from typing import IO

from flask_babel import gettext as _
from PIL import Image, ImageOps

from matchmaker.core import uploads

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4000
SIDE = 256


class NotAPicture(ValueError):
    """Its text says to the person what to do."""


def read(stream: IO[bytes]) -> bytes:
    """The picture as a PNG of at most 256 x 256 pixels. Raises NotAPicture for anything but a PNG, JPEG or WebP within 1 MB and 4000 x 4000."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotAPicture(_("Bildet er for stort. Høyst 1 MB."))
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as picture:
            if max(picture.size) > MOST_PIXELS:
                raise NotAPicture(_("Bildet har for mange punkter. Høyst 4000 × 4000."))
            small = ImageOps.exif_transpose(picture).convert("RGBA")
            small.thumbnail((SIDE, SIDE))
    except NotAPicture:
        raise
    except Exception:  # what a decoder raises on a picture made to break it is in no list
        raise NotAPicture(_("Vi kan ikke lese bildet. Bruk PNG, JPEG eller WebP.")) from None
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def store(picture: bytes) -> str:
    return uploads.keep(io.BytesIO(picture), "logos", ".png")


def holds(name: str, picture: bytes) -> bool:
    """Whether this very picture is kept under the name."""
    path = path_of(name)
    return path is not None and path.read_bytes() == picture


def path_of(name: str) -> Path | None:
    return uploads.path_of("logos", name)


def drop(name: str) -> None:
    uploads.drop("logos", name)
