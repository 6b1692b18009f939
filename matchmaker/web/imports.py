"""Imports on the web, for coordinators: hand in a file, say what its columns are, look at the dry run, carry it out, take it back."""

import re
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import func, select, update

from matchmaker.accounts.models import User
from matchmaker.core import audit
from matchmaker.core.access import requires, row_number
from matchmaker.core.database import db, transaction
from matchmaker.core.imports import Import, ImportRow, receiving, report, tidying  # noqa: F401 - tidying registers its job
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.mapping import unused
from matchmaker.core.imports.problems import Unreadable
from matchmaker.core.imports.runner import start, table_of, take_up_again
from matchmaker.core.imports.separated import ENCODINGS
from matchmaker.core.imports.undoing import start_undo
from matchmaker.core.imports.writing import as_csv
from matchmaker.core.paging import page_of
from matchmaker.core.queue import Job
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.rules import is_coordinator
from matchmaker.web.pages import blueprint

SAMPLES = 3
WORKING = {"checking", "running", "undoing"}
READING = {"profiles": "matches.read_profiles", "challenges": "matches.rank_challenges"}
"""What reads the texts that an import brought."""


def may_import(user, import_: Import) -> bool:
    return is_coordinator(user)


def _headers(kind: str) -> list[tuple[str, bool]]:
    """What a file may hold, as its headers, and whether each row must have it. References repeat: the first stands for all."""
    return [(str(each.label), each.required) for each in importer_of(kind).fields if not re.match(r"reference_[2-9]", each.name)]


def _find(import_id: int) -> Import | None:
    return db.session.get(Import, import_id)


def kind_names() -> dict[str, str]:
    return {"profiles": _("Løsninger"), "challenges": _("Utfordringer")}


def state_names() -> dict[str, str]:
    return {
        "uploaded": _("Kolonner skal velges"),
        "checking": _("Prøvekjøres"),
        "checked": _("Klar til å importeres"),
        "running": _("Importeres"),
        "done": _("Importert"),
        "undoing": _("Angres"),
        "undone": _("Angret"),
    }


@blueprint.route("/import", methods=["GET", "POST"])
@requires(is_coordinator)
def imports():
    problem, code = "", 200
    if request.method == "POST":
        kind, file = request.form.get("kind", ""), request.files.get("file")
        if kind not in kind_names():
            abort(400)
        if file is None or not file.filename:
            problem, code = _("Velg en fil."), 422
        else:
            try:
                with transaction():
                    import_ = receiving.receive(file.stream, kind=kind, file_name=file.filename, by=current_user)
                return redirect(url_for("web.show_import", import_id=import_.id), code=303)
            except Unreadable as error:
                problem, code = error.text, 422
    page = page_of(select(Import).order_by(Import.id.desc()))
    people = {user.id: user.name for user in db.session.scalars(select(User).where(User.id.in_([each.user_id for each in page.items if each.user_id])))}
    return render_template(
        "web/imports/index.html",
        page=page,
        people=people,
        kinds=kind_names(),
        states=state_names(),
        problem=problem,
        chosen=request.form.get("kind", "profiles"),
        columns={kind: _headers(kind) for kind in kind_names()},
    ), code


@blueprint.get("/import/<int:import_id>")
@requires(may_import, _find)
def show_import(import_: Import):
    return _page(import_)


@blueprint.post("/import/<int:import_id>/kolonner")
@requires(may_import, _find)
def map_import(import_: Import):
    """Keep what was chosen and try it out; with another character set, read the header again first."""
    if import_.state not in {"uploaded", "checked"}:
        return _to(import_)
    encoding = request.form.get("encoding", "")
    try:
        with transaction():
            if encoding in ENCODINGS and encoding != import_.options.get("encoding") and import_.options.get("encoding"):
                receiving.reread(import_, encoding=encoding)
                import_.state = "uploaded"
                flash(_("Fila er lest på nytt. Se om teksten er riktig nå."), "info")
                return _to_after(import_)
            known = {field.name for field in importer_of(import_.kind).fields}
            chosen = {str(number): request.form.get(f"column-{number}", "") for number in range(len(import_.header))}
            import_.mapping = {number: name for number, name in chosen.items() if name in known}
            import_.options = {**import_.options, **_options(import_.kind)}
            receiving.check_mapping(import_)
            start(import_, write=False, by=current_user)
    except Unreadable as error:
        return _page(import_, problem=error.text, code=422)
    return _to(import_)


@blueprint.post("/import/<int:import_id>/endre")
@requires(may_import, _find)
def change_import(import_: Import):
    """Back to the columns."""
    with transaction():
        if import_.state == "checked":
            import_.state = "uploaded"
    return _to(import_)


@blueprint.post("/import/<int:import_id>/importer")
@requires(may_import, _find)
def run_import(import_: Import):
    consent = import_.kind == "profiles" and request.form.get("consent") == "yes"
    with transaction():
        if _takes(import_, "checked", "running"):
            import_.options = {**import_.options, "consent": consent, "publish": import_.kind == "challenges" and request.form.get("publish") == "yes"}
            start(import_, write=True, by=current_user)
            audit.record("import_started", by=current_user, subject=import_, file=import_.file_name, consent=consent)
    return _to(import_)


def _takes(import_: Import, before: str, after: str) -> bool:
    """The step, taken by one press of the button: the update names the state it was seen in."""
    step = update(Import).where(Import.id == import_.id, Import.state == before).values(state=after)
    return bool(db.session.execute(step.execution_options(synchronize_session="fetch")).rowcount)  # type: ignore[attr-defined]  # an UPDATE or DELETE always counts its rows


@blueprint.post("/import/<int:import_id>/angre")
@requires(may_import, _find)
def undo_import(import_: Import):
    with transaction():
        if _takes(import_, "done", "undoing"):
            start_undo(import_, by=current_user)
            audit.record("import_undone", by=current_user, subject=import_, file=import_.file_name)
    return _to(import_)


@blueprint.post("/import/<int:import_id>/fortsett")
@requires(may_import, _find)
def continue_import(import_: Import):
    """Once more after something failed on the way."""
    with transaction():
        take_up_again(import_)
    return _to(import_)


@blueprint.get("/import/<int:import_id>/framdrift")
@requires(may_import, _find)
def import_progress(import_: Import):
    return jsonify(_progress(import_))


@blueprint.get("/import/<int:import_id>/rapport.csv")
@requires(may_import, _find)
def import_report(import_: Import):
    content = "".join(as_csv(report.lines(import_))).encode()
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="import-{import_.id}.csv"'})


def _to(import_: Import):
    return redirect(url_for("web.show_import", import_id=import_.id), code=303)


def _to_after(import_: Import):
    db.session.flush()
    return _to(import_)


def _options(kind: str) -> dict[str, Any]:
    form = request.form
    options: dict[str, Any] = {"language": form.get("language") if form.get("language") in {"nb", "nn", "en"} else "nb"}
    if kind == "profiles":
        return options | {"kind": Kind.CLUSTER_PARTNER.value if form.get("kind") == Kind.CLUSTER_PARTNER else Kind.STARTUP.value}
    number = row_number("organisation")
    owner = db.session.get(Organisation, number) if number else None
    return options | {
        "organisation_id": owner.id if owner else None,
        "organisation_name": owner.name if owner else "",
        "organisation_department": owner.department if owner else "",
        "create_organisations": form.get("create_organisations") == "yes",
    }


def _reading(import_: Import) -> tuple[int, int] | None:
    """How many of a finished import's texts have been read, and of how many; None when nothing is left to read."""
    run = db.session.get(Job, import_.job_id) if import_.state == "done" and import_.job_id else None
    if run is None or run.finished_at is None:
        return None
    meanwhile = Job.created_at.between(run.created_at, run.finished_at)
    jobs = db.session.execute(select(Job.state, Job.position).where(Job.kind == READING[import_.kind], meanwhile)).all()
    total = import_.created + import_.updated
    return (min(total, sum(position for _state, position in jobs)), total) if any(state not in {"done", "failed"} for state, _position in jobs) else None


def reading_words() -> str:
    return _("Tekstene leses. Forslagene fornyes når alle er lest.")


def _progress(import_: Import) -> dict[str, Any]:
    if reading := _reading(import_):
        return {"done": reading[0], "total": reading[1], "label": reading_words(), "finished": False, "failed": False}
    job = db.session.get(Job, import_.job_id) if import_.job_id else None
    return {
        "done": min(job.position, job.total or job.position) if job else 0,
        "total": job.total if job else 0,
        "label": state_names()[import_.state],
        "finished": import_.state not in WORKING or bool(job and job.state == "failed"),
        "failed": bool(job and job.state == "failed" and import_.state in WORKING),
    }


def _page(import_: Import, *, problem: str = "", code: int = 200):
    importer = importer_of(import_.kind)
    context: dict[str, Any] = {"import_": import_, "kind_name": kind_names()[import_.kind], "state_name": state_names()[import_.state], "problem": problem}
    if import_.problem and not problem:
        context["problem"] = Unreadable(*import_.problem).text
    if import_.state in WORKING:
        return render_template("web/imports/working.html", progress_now=_progress(import_), **context), code
    if import_.state == "uploaded":
        return _columns(import_, context, code)
    rows = select(ImportRow).where(ImportRow.import_id == import_.id).order_by(ImportRow.line)
    labels = {field.name: str(field.label) for field in importer.fields}
    return render_template(
        "web/imports/result.html",
        labels=labels,
        columns=[name for name in labels if name in set(import_.mapping.values())],
        unused=unused(import_.header, import_.mapping),
        flawed=page_of(rows.where(ImportRow.flawed, ImportRow.outcome != "kept")),
        warnings=report.warnings(import_),
        kept=db.session.scalars(rows.where(ImportRow.outcome == "kept").limit(200)).all(),
        told=lambda row: report.told(import_, row),
        outcomes=report.outcome_names(),
        summary=_summary(import_),
        reading=_reading(import_),
        reading_words=reading_words(),
        **context,
    ), code


def _columns(import_: Import, context: dict[str, Any], code: int):
    try:
        samples = [row.cells for row in table_of(import_).first(SAMPLES)]
    except Unreadable as error:
        samples, context["problem"] = [], error.text
    fields = importer_of(import_.kind).fields
    # twelve references with four columns each would drown the choice: only as many as the file may hold are offered
    offered = [
        field
        for field in fields
        if not field.name.startswith("reference_") or field.name.split("_")[1] in {"1", "2", "3"} or field.name in import_.mapping.values()
    ]
    owners = select(Organisation).where(Organisation.kind == Kind.MUNICIPALITY).order_by(Organisation.name, Organisation.department).limit(1000)
    return render_template(
        "web/imports/columns.html",
        samples=samples,
        offered=offered,
        encodings=ENCODINGS,
        owners=db.session.scalars(owners).all() if import_.kind == "challenges" else [],
        **context,
    ), code


def _summary(import_: Import) -> list[tuple[int, str]]:
    if import_.state == "undone":
        counted = select(ImportRow.outcome, func.count()).where(ImportRow.import_id == import_.id).group_by(ImportRow.outcome)
        counts = dict(db.session.execute(counted).tuples().all())
        return [
            (counts.get("removed", 0), ngettext("fjernet", "fjernede", counts.get("removed", 0))),
            (counts.get("restored", 0), _("satt tilbake")),
            (counts.get("kept", 0), ngettext("beholdt", "beholdte", counts.get("kept", 0))),
        ]
    return [
        (import_.created, ngettext("ny", "nye", import_.created)),
        (import_.updated, ngettext("oppdatert", "oppdaterte", import_.updated)),
        (import_.unchanged, ngettext("uendret", "uendrede", import_.unchanged)),
        (import_.refused, ngettext("avvist", "avviste", import_.refused)),
    ]
