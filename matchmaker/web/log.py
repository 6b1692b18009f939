"""Who did what, when, on whose behalf: the audit log for administrators, as a page and as a file."""

from collections.abc import Iterator
from dataclasses import asdict

from flask import Response, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from matchmaker.core.access import requires
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import OSLO, today
from matchmaker.core.database import db
from matchmaker.core.imports.writing import MIMETYPES, as_csv
from matchmaker.core.paging import page_of
from matchmaker.core.security import limiter
from matchmaker.organisations.rules import is_administrator
from matchmaker.web import log_queries, log_words
from matchmaker.web.pages import blueprint

CHUNK = 1000


@blueprint.get("/administrasjon/logg")
@requires(is_administrator)
def log():
    wanted = log_queries.wanted_of(request.args)
    # to find one person's or organisation's entries all are read in any case: then once is enough
    page = page_of(log_queries.entries(wanted), size=50, counted_apart=not (wanted.person or wanted.organisation))
    acts = sorted(((name, log_words.act(name)) for name in log_queries.actions()), key=lambda pair: pair[1])
    export = url_for("web.export_log", **{name: value for name, value in asdict(wanted).items() if value})
    names = log_queries.Names.of(page.items)
    return render_template("web/log.html", page=page, names=names, acts=acts, wanted=wanted, who=who, export=export, words=log_words)


@blueprint.get("/administrasjon/logg.csv")
@requires(is_administrator)
@limiter.limit("60 per hour")
def export_log():
    """Everything that the same address without `.csv` would list, on however many pages; sent as it is read."""
    name = _("logg") + f"-{today().isoformat()}.csv"
    content = stream_with_context(part.encode() for part in as_csv(_table(log_queries.wanted_of(request.args))))
    return Response(content, mimetype=MIMETYPES["csv"], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _table(wanted: log_queries.Wanted) -> Iterator[list[str]]:
    yield [_("Når"), _("Hvem"), _("Handling"), _("Hva"), _("Navn"), _("Mer"), _("På vegne av")]
    found = db.session.scalars(log_queries.entries(wanted).execution_options(yield_per=CHUNK))
    for chunk in found.partitions():
        names = log_queries.Names.of(chunk)
        yield from (_row(entry, names) for entry in chunk)


def _row(entry: AuditEntry, names: log_queries.Names) -> list[str]:
    about = log_words.subject(entry.subject_kind)
    return [
        entry.created_at.astimezone(OSLO).strftime("%Y-%m-%d %H:%M:%S"),
        who(entry, names),
        log_words.act(entry.action),
        f"{about} {entry.subject_id}" if entry.subject_id else about,
        names.name(entry.subject_kind, entry.subject_id) if entry.subject_id else "",
        "; ".join(log_words.details(entry, names.name)),
        names.name("organisation", entry.on_behalf_of) if entry.on_behalf_of else "",
    ]


def who(entry: AuditEntry, names: log_queries.Names) -> str:
    if not entry.user_id:
        return _("Systemet")
    found = names.thing("user", entry.user_id)
    return found[0] if found else _("Tidligere bruker")
