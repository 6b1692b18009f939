"""The audit log as administrators read it: in words, with names and links, filtered, as a file."""

import ast
import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from matchmaker.challenges.states import State
from matchmaker.core import audit, clock
from matchmaker.core.database import db
from matchmaker.matches.states import InterestState
from matchmaker.web import log_queries, log_words
from tests.world import World

ROOT = Path(__file__).parent.parent.parent
WRITERS = {"record", "record_act", "_record", "_log", "_note_act"}


@pytest.fixture
def desk(make, sign_in):
    return sign_in(make.administrator())


def rows(desk, query="") -> int:
    return desk.get(f"/administrasjon/logg{query}").text.count("<tr><td")


def acts_in_the_code() -> set[str]:
    """Every act any room may write, with the ends of those put together from a state."""
    ends = {
        "challenge.": [state.value for state in State],
        "registration ": ["approved", "declined"],
        "interest_": [state.value for state in InterestState if state != InterestState.DRAFT],
    }
    found = set()
    for path in (ROOT / "matchmaker").rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            first = call.args[0]
            if name in WRITERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(f"suggestion.{first.value}" if name == "_note_act" else first.value)
            if name in WRITERS and isinstance(first, ast.JoinedStr):
                found.update(f"{first.values[0].value}{end}" for end in ends.get(first.values[0].value, []))
    return found


def test_every_act_has_words_in_every_language(app):
    known = acts_in_the_code()
    assert len(known) > 50
    assert {name for name in known if log_words.plain(name) not in log_words.ACTS} == set()


def test_every_kind_of_thing_has_a_name_and_a_page(app, make, desk):
    world = World.made(make)
    subjects = {kind: world.arguments[f"{kind}_id"] for kind in log_queries.KINDS if f"{kind}_id" in world.arguments}
    assert set(log_queries.KINDS) - set(subjects) == {"recommendation"}
    for kind, number in {**subjects, "recommendation": 1}.items():
        db.session.add(audit.AuditEntry(action="signed in", subject_kind=kind, subject_id=number))
    db.session.commit()
    with app.test_request_context():
        things = [log_queries.Names.of([entry]).thing(entry.subject_kind, entry.subject_id) for entry in db.session.query(audit.AuditEntry)]
    assert all(name and address for name, address in things)
    assert {desk.get(address.partition("#")[0]).status_code for _name, address in things} == {200}
    page = desk.get("/administrasjon/logg").text
    assert all(f'href="{address}"' in page for _name, address in things)


def test_what_is_gone_is_said_to_be_gone(desk):
    db.session.add(audit.AuditEntry(action="challenge.edit", subject_kind="challenge", subject_id=987, user_id=654, on_behalf_of=321))
    db.session.commit()
    page = desk.get("/administrasjon/logg").text
    assert "utfordring 987" in page
    assert "finnes ikke lenger" in page
    assert "Tidligere bruker" in page


def test_details_are_read_in_plain_words(app, desk, make):
    member, profile, need = make.department_member(), make.profile(make.organisation(name="TotalCtrl")), make.challenge(title="Mindre mat i søpla")
    audit.record("challenge.edit", by=member, subject=need, fields=["effect", "answers_due", "requirements"])
    audit.record("organisation changed", subject=need.organisation, changed={"website": ["", "https://halden.test"]})
    audit.record("suggestion.shortlisted", subject=need, profile=profile.id)
    audit.record("membership began", subject=member.memberships[0], person=member.id, role="department")
    audit.record("import_started", file="firma.csv", consent=True)
    audit.record("challenge.copy", subject=need, copied_from=need.id)
    audit.record("introduction_declined", cause="capacity", reason="Vi har ikke folk nå.")
    db.session.commit()
    page = desk.get("/administrasjon/logg").text
    for words in (
        "Ønsket effekt, Svarfrist, Krav",
        "Nettsted: «» ble «https://halden.test»",
        "Løsning: TotalCtrl",
        f"Person: {member.name}",
        "Rolle: Kommunal avdeling",
        "Fil: firma.csv",
        "Med bedriftenes samtykke",
        "Kopi av: Mindre mat i søpla",
        "Begrunnelse: Vi har ikke folk nå.",
    ):
        assert words in page
    assert not any(f"{key}:" in page for key in ("fields", "profile", "copied_from", "consent", "cause", "role", "changed"))


def test_the_log_is_filtered_by_act_person_and_day(desk, make):
    kari, ola = make.user(name="Kari"), make.user(name="Ola")
    clock.fix(clock.now() - timedelta(days=10))
    audit.record("old act", by=kari)
    db.session.flush()
    clock.fix(None)
    audit.record("new act", by=kari, what="<b>bold</b>")
    audit.record("new act", by=ola)
    db.session.commit()
    today, yesterday = clock.today().isoformat(), (clock.today() - timedelta(days=1)).isoformat()
    asked = ("", "?action=new+act", "?person=kari", f"?since={today}", f"?person=kari&since={today}", f"?until={yesterday}", f"?until={today}")
    assert [rows(desk, each) for each in asked] == [3, 2, 2, 2, 1, 1, 3]
    assert rows(desk, "?since=i+dag&until=9999-12-31&action=&person=&page=x&endpoint=x&_external=1") == 3
    assert rows(desk, "?since=0001-01-01") == 3
    assert "<b>bold</b>" not in desk.get("/administrasjon/logg").text


def test_the_log_is_filtered_by_organisation_and_what_is_theirs(desk, make):
    halden = make.municipality(department="Oppvekst")
    member, stranger = make.department_member(halden), make.user()
    audit.record("signed in", by=member)
    audit.record("challenge.edit", by=make.coordinator(), subject=make.challenge(halden))
    audit.record("signed in", by=stranger, on_behalf_of=halden.id)
    audit.record("organisation changed", subject=halden)
    audit.record("signed in", by=stranger)
    db.session.commit()
    assert [rows(desk, f"?organisation={text}") for text in ("oppvekst", "Halden", "%25", "finnes+ikke")] == [4, 4, 0, 0]


def test_the_log_finds_names_with_norwegian_letters_however_they_are_typed(desk, make):
    audit.record("organisation changed", subject=make.municipality(name="Ås kommune"))
    audit.record("signed in", by=make.user(name="ØYVIND ÆRLIG"))
    db.session.commit()
    assert [rows(desk, f"?{asked}") for asked in ("organisation=ås", "organisation=ÅS", "person=øyvind", "person=Ærl", "person=å")] == [1, 1, 1, 1, 0]


def test_the_file_holds_every_page_of_what_is_filtered_and_nothing_in_it_runs(desk, make):
    member = make.department_member()
    for number in range(60):
        audit.record("challenge.published", by=member, subject=make.challenge(title=f"=cmd|'/C calc'!A{number}"))
    audit.record("signed in", by=member)
    db.session.commit()
    answer = desk.get("/administrasjon/logg.csv?action=challenge.published")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="logg-')
    head, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert head == ["Når", "Hvem", "Handling", "Hva", "Navn", "Mer", "På vegne av"]
    assert len(lines) == 60
    assert {line[2] for line in lines} == {"Utfordring publisert"}
    assert {line[4][:2] for line in lines} == {"'="}


def test_the_file_is_in_the_readers_language(desk, make):
    audit.record("challenge.published", by=make.user(), subject=make.challenge())
    db.session.commit()
    answers = {language: desk.get("/administrasjon/logg.csv", headers={"Accept-Language": language}) for language in ("nn", "en")}
    lines = {language: answer.data.decode("utf-8-sig").splitlines()[1] for language, answer in answers.items()}
    assert "Utfordring publisert" in lines["nn"]
    assert "Challenge published" in lines["en"]
    assert 'filename="log-' in answers["en"].headers["Content-Disposition"]


def test_a_page_of_the_log_neither_sorts_nor_reads_every_entry(desk, queries):
    for _ in range(3):
        audit.record("signed in")
    db.session.commit()
    with queries() as seen:
        assert desk.get("/administrasjon/logg").status_code == 200
    page = next(statement for statement in seen if "audit_entries.created_at DESC" in statement)
    assert "over" not in page.lower()
    if db.engine.dialect.name == "sqlite":
        newest = select(audit.AuditEntry.id).order_by(audit.AuditEntry.created_at.desc(), audit.AuditEntry.id.desc()).limit(50)
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {newest.compile(db.engine, compile_kwargs={'literal_binds': True})}")).all()
        assert [row.detail for row in plan] == ["SCAN audit_entries USING COVERING INDEX ix_audit_entries_newest"]


def test_the_file_is_sent_while_it_is_read(desk, queries):
    db.session.add_all(audit.AuditEntry(action="signed in", detail={"what": "x" * 100}) for _ in range(450))
    db.session.commit()
    with queries() as seen:
        parts = iter(desk.get("/administrasjon/logg.csv", buffered=False).response)
        first = next(parts)
        assert first.count(b"\r\n") == 200
        assert sum(part.count(b"\r\n") for part in parts) == 251
    assert len([statement for statement in seen if "FROM audit_entries" in statement]) == 1


def test_the_log_asks_as_often_for_one_as_for_three(desk, make, queries):
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            audit.record("challenge.edit", by=make.department_member(), subject=make.challenge(), on_behalf_of=make.municipality().id)
        db.session.commit()
        with queries() as seen:
            assert desk.get("/administrasjon/logg").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_for_whom_somebody_acted_stands_with_the_actor_and_is_left_out_where_nobody_is_meant(make, desk):
    halden, person = make.municipality(name="Halden kommune"), make.coordinator()
    audit.record("challenge.edit", by=person, subject=make.challenge(), on_behalf_of=halden.id)
    audit.record("signed in", by=person, subject=person)
    db.session.commit()
    page = desk.get("/administrasjon/logg?action=challenge.edit").text
    assert page.count("på vegne av <a") == 1
    assert "på vegne av" not in desk.get("/administrasjon/logg?action=signed in").text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert 'scope="col">På vegne av' not in page


def test_a_draft_without_a_title_still_has_a_link_with_words(make, desk):
    draft = make.challenge(state=State.DRAFT, title="")
    audit.record("challenge.create", subject=draft)
    db.session.commit()
    assert f'<a href="/utfordringer/{draft.id}">Uten tittel</a>' in desk.get("/administrasjon/logg").text
