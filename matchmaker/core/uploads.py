"""Files people hand in: kept under names of our own in the upload folder, never under theirs."""

import re
from pathlib import Path
from typing import IO
from uuid import uuid4

from flask import current_app

CHUNK = 1024 * 1024


def folder(kind: str) -> Path:
    """The folder for one kind of upload, made when it is not there."""
    path = Path(current_app.config["MATCHMAKER_UPLOAD_FOLDER"]) / kind
    path.mkdir(parents=True, exist_ok=True)
    return path


def keep(stream: IO[bytes], kind: str, suffix: str) -> str:
    """Copy the stream to a new file and give its name. A half-written file never carries the name."""
    name = f"{uuid4().hex}{suffix}"
    half = folder(kind) / f".{name}"
    with half.open("wb") as file:
        while part := stream.read(CHUNK):
            file.write(part)
    half.rename(folder(kind) / name)
    return name


def path_of(kind: str, name: str) -> Path | None:
    """Where a kept file lies; None when the name is not one of ours or the file is gone."""
    if not re.fullmatch(r"[0-9a-f]{32}\.[a-z]{3,4}", name or ""):
        return None
    path = folder(kind) / name
    return path if path.is_file() else None


def drop(kind: str, name: str) -> None:
    path = path_of(kind, name)
    if path is not None:
        path.unlink(missing_ok=True)
