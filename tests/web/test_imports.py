"""Imports and exports on the web."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import delete, func, select, update

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db, transaction
from matchmaker.core.imports import Import
from matchmaker.core.queue import Job
from matchmaker.core.texts import clean, clean_line
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile, Reference
from matchmaker.web.imports import _takes

GOOD = "navn;hva;nettsted;ukjent\nKjøkkenKlar;x;a.test;1\n;y;b.test;2\n".encode("cp1252")


def upload(client, content: bytes, kind="profiles", name="fil.csv"):
    return client.post("/import", data={"kind": kind, "file": (io.BytesIO(content), name)})


def columns(import_: Import) -> dict[str, str]:
    return {f"column-{number}": name for number, name in import_.mapping.items()}


def carried_out(client, content: bytes, kind="profiles", **options) -> Import:
    """The whole way through the pages."""
    address = upload(client, content, kind).headers["Location"]
    import_ = db.session.get(Import, int(address.rsplit("/", 1)[1]))
    client.post(f"{address}/kolonner", data={"encoding": import_.options["encoding"], **columns(import_), **options})
    client.post(f"{address}/importer", data=options)
    db.session.expire_all()
    return import_


def test_a_file_goes_from_upload_to_listed_profiles_and_back(make, sign_in, client):
    coordinator = sign_in(make.coordinator())
    answer = upload(coordinator, GOOD)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = coordinator.get(address).get_data(as_text=True)
    assert "KjøkkenKlar" in page
    assert '<option value="website" selected>' in page
    import_ = db.session.get(Import, 1)
    assert coordinator.post(f"{address}/kolonner", data={"encoding": "cp1252", **columns(import_)}).status_code == 303
    page = coordinator.get(address).get_data(as_text=True)
    assert "Slik blir det" in page
    assert "ukjent" in page
    assert "Mangler." in page
    assert db.session.scalar(select(func.count()).select_from(Profile)) == 0
    coordinator.post(f"{address}/importer", data={"consent": "yes"})
    assert "KjøkkenKlar" in client.get("/losninger").get_data(as_text=True)
    report = coordinator.get(f"{address}/rapport.csv").get_data().decode("utf-8-sig").splitlines()
    assert report == ["Linje;Utfall;Navn;Kolonne;Grunn", "2;ny;KjøkkenKlar;;Ingen tekst om hva de gjør.", "3;avvist;;navn;Mangler."]
    coordinator.post(f"{address}/angre")
    assert "Angret" in coordinator.get(address).get_data(as_text=True)
    assert "KjøkkenKlar" not in client.get("/losninger").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["profiles", "challenges"])
def test_an_empty_file_to_fill_in_has_columns_that_are_all_recognised(make, sign_in, kind):
    client = sign_in(make.coordinator())
    template = client.get(f"/import/mal-for-{kind}.csv").data
    rows = list(load_workbook(io.BytesIO(client.get(f"/import/mal-for-{kind}.xlsx").data)).active.values)
    header = template.decode("utf-8-sig").strip().split(";")
    assert [list(row) for row in rows] == [header]
    upload(client, template + b"x" + b";" * (len(header) - 1), kind)
    import_ = db.session.scalars(select(Import)).one()
    assert len(import_.mapping) == len(header)
    assert f"<b>{header[0]}</b>" in client.get("/import").text


def test_without_the_box_ticked_the_profiles_stay_hidden(make, sign_in, client):
    carried_out(sign_in(make.coordinator()), GOOD)
    assert db.session.scalars(select(Profile.name)).all() == ["KjøkkenKlar"]
    assert "KjøkkenKlar" not in client.get("/losninger").get_data(as_text=True)


def test_the_page_says_that_profiles_without_consent_are_hidden(make, sign_in):
    coordinator = sign_in(make.coordinator())
    hidden, listed = carried_out(coordinator, GOOD), carried_out(coordinator, GOOD.replace(b"Klar", b"Ren"), consent="yes")
    assert "De nye profilene er skjult" in coordinator.get(f"/import/{hidden.id}").text
    assert "De nye profilene er skjult" not in coordinator.get(f"/import/{listed.id}").text


def test_a_finished_import_says_how_far_its_texts_have_been_read(make, sign_in):
    coordinator = sign_in(make.coordinator())
    import_ = carried_out(coordinator, GOOD, consent="yes")
    address = f"/import/{import_.id}"
    assert "Tekstene leses" not in coordinator.get(address).text
    db.session.execute(update(Job).where(Job.kind == "matches.read_profiles").values(state="running", position=0))
    db.session.commit()
    page = coordinator.get(address).text
    assert "Tekstene leses" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert coordinator.get(f"{address}/framdrift").get_json() == {
        "done": 0, "total": 1, "label": "Tekstene leses. Forslagene fornyes når alle er lest.", "finished": False, "failed": False,
    }  # fmt: skip
    db.session.execute(update(Job).values(state="done"))
    db.session.commit()
    assert coordinator.get(f"{address}/framdrift").get_json()["finished"] is True


def test_only_coordinators_may_import(make, sign_in, client):
    assert client.get("/import").status_code == 303
    for person in (make.company_member(), make.department_member()):
        assert sign_in(person).get("/import").status_code == 403
        assert upload(sign_in(person), GOOD).status_code == 403


@pytest.mark.parametrize("content", [b"", b"navn\n", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04"])
def test_a_file_that_is_no_table_is_refused_with_words(make, sign_in, content):
    answer = upload(sign_in(make.coordinator()), content, name="a.xlsx")
    assert answer.status_code == 422
    assert "Fila kan ikke leses" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Import)) == 0


def test_a_missing_name_column_is_asked_for(make, sign_in):
    coordinator = sign_in(make.coordinator())
    address = upload(coordinator, GOOD).headers["Location"]
    answer = coordinator.post(f"{address}/kolonner", data={"encoding": "cp1252", "column-1": "summary"})
    assert answer.status_code == 422
    assert "Velg en kolonne for «Navn»." in answer.get_data(as_text=True)


def test_another_character_set_rereads_the_file(make, sign_in):
    coordinator = sign_in(make.coordinator())
    address = upload(coordinator, GOOD).headers["Location"]
    coordinator.post(f"{address}/kolonner", data={"encoding": "cp865"})
    assert "KjøkkenKlar" not in coordinator.get(address).get_data(as_text=True)
    coordinator.post(f"{address}/kolonner", data={"encoding": "cp1252"})
    assert "KjøkkenKlar" in coordinator.get(address).get_data(as_text=True)


def test_pressing_import_twice_does_it_once(make, sign_in):
    coordinator = sign_in(make.coordinator())
    import_ = carried_out(coordinator, GOOD, consent="yes")
    coordinator.post(f"/import/{import_.id}/importer", data={"consent": "yes"})
    assert (import_.created, db.session.scalar(select(func.count()).select_from(Profile))) == (1, 1)


def test_of_two_presses_at_the_same_moment_one_carries_the_import_out(make):
    with transaction():
        import_ = Import(kind="profiles", file_name="fil.csv", stored_name="", state="checked")
        db.session.add(import_)
    assert import_.state == "checked"
    db.session.execute(update(Import).values(state="running").execution_options(synchronize_session=False))
    assert import_.state == "checked", "the second press has read what stood before the first"
    assert not _takes(import_, "checked", "running")
    assert _takes(import_, "running", "done")


def test_progress_is_told_as_json(make, sign_in):
    coordinator = sign_in(make.coordinator())
    import_ = carried_out(coordinator, GOOD)
    assert coordinator.get(f"/import/{import_.id}/framdrift").get_json() == {"done": 2, "total": 2, "label": "Importert", "finished": True, "failed": False}


def test_formulas_are_neutralised_in_both_kinds_of_file(make, sign_in):
    make.profile(name='=HYPERLINK("http://x")', summary="+47 22", how="@x", problem="-1")
    reader = sign_in(make.department_member())
    text = reader.get("/losninger/last-ned.csv").get_data().decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert not any(cell.startswith(("=", "+", "-", "@", '"=')) for line in text.splitlines() for cell in line.split(";"))
    sheet = load_workbook(io.BytesIO(reader.get("/losninger/last-ned.xlsx").data)).active
    assert all(cell.data_type in {"s", "n", "inlineStr"} for row in sheet.iter_rows() for cell in row)


def test_an_export_holds_what_the_filters_left_in_the_readers_language(make, sign_in):
    make.profile(name="Med", capacity=1)
    make.profile(name="Uten", capacity=0)
    text = sign_in(make.department_member()).get("/losninger/last-ned.csv?capacity=1").get_data().decode("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()] == ["Navn", "Med"]


hostile = st.text(st.sampled_from("=+-@\t'\"; ,|\nÆå<>&😀a1_x0041_") | st.characters(codec="utf-8"), max_size=30)
lines = hostile.map(clean_line)
texts = hostile.map(clean)
tags = st.lists(st.text(st.sampled_from("abcÆ '=-"), min_size=1, max_size=12).map(clean_line).filter(bool), max_size=4, unique=True)


@pytest.mark.one_database("postgresql")  # it takes fewer characters than SQLite does
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_comes_back_unchanged_whatever_people_wrote(app, make, sign_in, form):
    coordinator = sign_in(make.coordinator())

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
    @given(
        names=st.lists(lines.filter(bool), min_size=1, max_size=3, unique_by=lambda name: clean_line(name).casefold()),
        words=st.lists(texts, min_size=3, max_size=3),
        said=lines.filter(bool),
        keywords=tags,
    )
    def back_again(names, words, said, keywords):
        for number, name in enumerate(names):
            profile = make.profile(
                make.organisation(website=f"https://{number}.test"),
                name=name,
                summary=words[0],
                problem=words[1],
                how=words[2],
                location=said,
                keywords=keywords,
                places=["31", "1818"],
            )
            db.session.add(
                Reference(
                    profile_id=profile.id,
                    customer=said,
                    result=words[0],
                    period="2025",
                    link="https://a.test/?a=1;b=2",
                )
            )
        for name in names:
            make.challenge(make.municipality(), title=name, need=words[0], situation=words[1], test_places=words[2])
        db.session.commit()
        for kind, path in (("profiles", "losninger"), ("challenges", "utfordringer")):
            content = coordinator.get(f"/{path}/last-ned.{form}").data
            import_ = carried_out(coordinator, content, kind)
            assert (import_.rows, import_.unchanged, import_.problem) == (len(names), len(names), [])
        for model in (Import, Profile, Challenge):
            db.session.execute(delete(model))
        db.session.commit()

    back_again()
    assert db.session.scalar(select(func.count()).select_from(Organisation)) > 0


def test_import_pages_ask_as_many_questions_for_three_as_for_one(make, sign_in, app):
    from sqlalchemy import event

    coordinator = sign_in(make.coordinator())
    carried_out(coordinator, GOOD)
    counted = []
    event.listen(db.engine, "before_cursor_execute", lambda *arguments: counted.append(arguments[2]))
    coordinator.get("/import")
    one = len(counted)
    carried_out(coordinator, GOOD)
    carried_out(coordinator, GOOD)
    counted.clear()
    coordinator.get("/import")
    assert len(counted) == one


def test_an_import_that_failed_on_the_way_can_be_continued(make, sign_in, monkeypatch):
    from matchmaker.core.imports import runner

    coordinator = sign_in(make.coordinator())
    address = upload(coordinator, GOOD).headers["Location"]
    import_ = db.session.get(Import, 1)
    real = runner._keep
    monkeypatch.setattr(runner, "_keep", lambda *arguments: 1 / 0)
    coordinator.post(f"{address}/kolonner", data={"encoding": "cp1252", **columns(import_)})
    assert "Noe gikk galt" in coordinator.get(address).get_data(as_text=True)
    monkeypatch.setattr(runner, "_keep", real)
    coordinator.post(f"{address}/fortsett")
    assert "Slik blir det" in coordinator.get(address).get_data(as_text=True)


def test_files_are_dropped_after_a_month_and_the_import_can_still_be_taken_back(make, sign_in):
    from datetime import timedelta

    from matchmaker.core import clock, uploads
    from matchmaker.core.imports import tidying

    coordinator = sign_in(make.coordinator())
    import_ = carried_out(coordinator, GOOD, consent="yes")
    stored = import_.stored_name
    assert uploads.path_of("imports", stored)
    clock.fix(clock.now() + timedelta(days=31))
    tidying.drop_old_files()
    assert uploads.path_of("imports", stored) is None
    coordinator = sign_in(make.coordinator())
    coordinator.post(f"/import/{import_.id}/angre")
    db.session.expire_all()
    assert import_.state == "undone"


def test_the_dry_run_warns_with_line_numbers_and_asks_for_consent_before_the_long_tables(make, sign_in):
    coordinator = sign_in(make.coordinator())
    address = upload(coordinator, "navn;one_liner;status\nA;Måler støv;Active\nB;;Inactive\n;x;\n".encode("cp1252")).headers["Location"]
    import_ = db.session.get(Import, 1)
    coordinator.post(f"{address}/kolonner", data={"encoding": import_.options["encoding"], **columns(import_)})
    page = coordinator.get(address).text
    places = [page.index(words) for words in ('name="consent"', "Importer 2 rader", "1 rad sier ikke hva de gjør", "Linje 3 · B", "1 rad har en status", "Linje 3 · B · Inactive", "De første radene", "1 rad å rette")]
    assert places == sorted(places)
    report = coordinator.get(f"{address}/rapport.csv").get_data().decode("utf-8-sig").splitlines()
    assert report[2:4] == ["3;ny;B;;Ingen tekst om hva de gjør.", "3;ny;B;status;Status er «Inactive»."]
