"""An import from beginning to end: every row told of, nothing doubled, everything taken back."""

import io

import pytest
from sqlalchemy import func, select, update

from matchmaker.core.database import db, transaction
from matchmaker.core.imports import Import, ImportRow, receiving, report, runner
from matchmaker.core.imports.undoing import start_undo
from matchmaker.core.queue import Job
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.models import Profile


def carry_out(
    content: str | bytes, *, kind="profiles", write=True, **options
) -> Import:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    with transaction():
        import_ = receiving.receive(
            stream, kind=kind, file_name="fil.csv", options={"consent": True, **options}
        )
        runner.start(import_, write=write)
    db.session.expire_all()
    return import_


def take_back(import_: Import) -> None:
    with transaction():
        start_undo(import_)
    db.session.expire_all()


def counts(import_: Import) -> tuple[int, int, int, int]:
    return import_.created, import_.updated, import_.unchanged, import_.refused


def told(import_: Import) -> list[tuple[int, str, str]]:
    """(line, column, reason) of every problem."""
    rows = db.session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_.id, ImportRow.flawed)
        .order_by(ImportRow.line)
    )
    return [(row.line, *each) for row in rows for each in report.told(import_, row)]


def number_of(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


GOOD = "navn,hva,nettsted\nA,Måler støv,a.test\nB,Teller mat,b.test\n"


def test_good_rows_come_in_and_bad_ones_are_told_with_line_column_and_reason(app):
    import_ = carry_out(
        "Navn,Hva de gjør og for hvem,Modenhet,Tema\nA,Måler støv,8,Arbeid\n,uten navn,3,\nB,Teller mat,tolv,Trolldom\nC,x,9,\n"
    )
    assert (counts(import_), import_.state) == ((2, 0, 0, 2), "done")
    assert told(import_) == [
        (3, "Navn", "Mangler."),
        (4, "Modenhet", "Ikke et tall: «tolv»."),
        (4, "Tema", "Ukjent verdi: «Trolldom»."),
    ]
    assert db.session.scalars(select(Profile.name).order_by(Profile.name)).all() == [
        "A",
        "C",
    ]


def test_a_dry_run_tells_the_same_and_changes_nothing(app):
    import_ = carry_out(GOOD, write=False)
    assert (
        counts(import_),
        import_.state,
        number_of(Profile),
        number_of(Organisation),
    ) == ((2, 0, 0, 0), "checked", 0, 0)
    assert import_.preview[0] == {
        "line": 2,
        "outcome": "created",
        "values": {"name": "A", "website": "https://a.test"},
    }


def test_the_same_file_again_changes_nothing_and_a_changed_row_updates(app):
    carry_out(GOOD)
    assert counts(carry_out(GOOD)) == (0, 0, 2, 0)
    again = carry_out(
        "name,one_liner,website\nA,Måler svevestøv,https://www.a.test/\nB,Teller mat,b.test\n"
    )
    assert counts(again) == (0, 2, 0, 0)
    assert number_of(Profile) == 2


def test_a_row_that_stands_twice_in_the_file_is_refused_with_the_line_of_the_first(app):
    import_ = carry_out("navn,nettsted\nA,a.test\nB,b.test\nA,http://www.a.test\n")
    assert (counts(import_), told(import_)) == (
        (2, 0, 0, 1),
        [(4, "", "Står allerede på linje 2 i samme fil.")],
    )


def test_two_companies_of_one_name_are_told_apart_by_their_site(app):
    carry_out("navn,nettsted\nAtlas,atlas.test\nAtlas,atlas.example\n")
    assert db.session.scalars(
        select(Organisation.name).order_by(Organisation.name)
    ).all() == ["Atlas", "Atlas (atlas.example)"]


def test_a_profile_made_by_hand_is_recognised(app, make):
    profile = make.profile(
        make.organisation(name="TotalCtrl", website="https://totalctrl.com")
    )
    import_ = carry_out(
        "navn,one_liner,nettsted\nTotalCtrl,Nytt,http://www.totalctrl.com/\n"
    )
    assert (counts(import_), number_of(Profile)) == ((0, 1, 0, 0), 1)
    assert db.session.get(Profile, profile.id).summary == "Nytt"


def test_an_empty_cell_changes_nothing(app, make):
    profile = make.profile(make.organisation(name="A", website="https://a.test"))
    assert counts(carry_out("navn,one_liner,trl,nettsted\nA,,,a.test\n")) == (
        0,
        0,
        1,
        0,
    )
    assert profile.summary


def test_without_consent_profiles_come_in_hidden_and_an_update_never_shows_one(app):
    carry_out(GOOD, consent=False)
    carry_out("navn,one_liner,nettsted\nA,Ny,a.test\n", consent=True)
    assert [profile.listed for profile in db.session.scalars(select(Profile))] == [
        False,
        False,
    ]


def test_undo_removes_what_was_made_and_puts_back_what_was_changed(app, make):
    profile = make.profile(
        make.organisation(name="A", website="https://a.test"), summary="Før"
    )
    import_ = carry_out(
        "navn,one_liner,nettsted,reference 1 customer\nA,Etter,a.test,Halden\nB,Ny,b.test,Moss\n"
    )
    db.session.expire_all()
    assert (profile.summary, [each.customer for each in profile.references]) == (
        "Etter",
        ["Halden"],
    )
    take_back(import_)
    assert (profile.summary, profile.references, import_.state) == ("Før", [], "undone")
    assert db.session.scalars(select(Organisation.name)).all() == ["A"]


def test_undo_keeps_and_names_what_somebody_has_worked_on_since(app, make):
    import_ = carry_out("navn,one_liner\nA,x\nB,y\n")
    touched = db.session.scalars(select(Profile).where(Profile.name == "A")).one()
    with transaction():
        touched.summary = "Vår egen tekst"
    take_back(import_)
    rows = db.session.execute(
        select(ImportRow.name, ImportRow.outcome).order_by(ImportRow.line)
    ).all()
    assert [tuple(row) for row in rows] == [("A", "kept"), ("B", "removed")]
    assert db.session.scalars(select(Profile.summary)).all() == ["Vår egen tekst"]


def test_an_organisation_with_members_outlives_its_imported_profile(app, make):
    from matchmaker.organisations.models import Role

    import_ = carry_out("navn,one_liner\nA,x\n")
    make.member(db.session.scalars(select(Organisation)).one(), Role.COMPANY)
    take_back(import_)
    assert (number_of(Profile), number_of(Organisation)) == (0, 1)


def test_a_second_run_goes_on_where_the_first_was_cut_off(app, monkeypatch):
    monkeypatch.setattr(runner, "CHUNK", 10)
    content = (
        "navn,one_liner\n"
        + "".join(f"Firma {n},Tekst {n}\n" for n in range(35))
        + "Firma 3,igjen\n"
    )
    calls = iter(range(100))
    real = runner._keep

    def dies_in_the_third(*arguments):
        if next(calls) == 2:
            raise RuntimeError("power cut")
        return real(*arguments)

    monkeypatch.setattr(runner, "_keep", dies_in_the_third)
    import_ = carry_out(content)
    job = db.session.get(Job, import_.job_id)
    assert (job.state, job.position, number_of(Profile)) == ("failed", 20, 20)
    monkeypatch.setattr(runner, "_keep", real)
    job.state = "queued"
    db.session.commit()
    app.extensions["run_job"](job.id)
    db.session.expire_all()
    assert (counts(import_), number_of(Profile), number_of(ImportRow)) == (
        (35, 0, 0, 1),
        35,
        36,
    )
    assert told(import_) == [(37, "", "Står allerede på linje 5 i samme fil.")]


def test_a_worker_that_lost_its_job_to_another_changes_nothing(app, monkeypatch):
    monkeypatch.setattr(runner, "CHUNK", 10)
    real = runner.table_of

    def taken_meanwhile(import_):
        with transaction():
            db.session.execute(
                update(Job)
                .where(Job.id == import_.job_id)
                .values(owner="another")
                .execution_options(synchronize_session=False)
            )
        return real(import_)

    monkeypatch.setattr(runner, "table_of", taken_meanwhile)
    import_ = carry_out("navn,x\n" + "".join(f"F{n},\n" for n in range(20)))
    assert (
        number_of(Profile),
        import_.state,
        db.session.get(Job, import_.job_id).state,
    ) == (0, "running", "running")


def test_challenges_find_their_owner_by_name_or_are_refused(app, make):
    halden = make.municipality(name="Halden kommune", department="")
    content = "title,agency,statement\nMat,Halden kommune,Mye svinn\nStøy,Ukjent kommune,Bråk\n"
    import_ = carry_out(content, kind="challenges")
    assert (counts(import_), told(import_)) == (
        (1, 0, 0, 1),
        [(3, "agency", "Vi kjenner ikke virksomheten «Ukjent kommune».")],
    )
    allowed = carry_out(
        content, kind="challenges", create_organisations=True, publish=True
    )
    assert counts(allowed) == (1, 0, 1, 0)
    from matchmaker.challenges.models import Challenge

    states = dict(db.session.execute(select(Challenge.title, Challenge.state)).all())
    assert states == {"Mat": "draft", "Støy": "published"}
    take_back(allowed)
    assert (
        number_of(Challenge),
        db.session.scalars(
            select(Organisation.name).where(Organisation.kind == Kind.MUNICIPALITY)
        ).all(),
    ) == (1, [halden.name])


def test_an_updated_challenge_keeps_its_history_and_is_put_back(app):
    from matchmaker.challenges.models import Challenge, Revision

    start = "tittel;kommune;behov;må-krav;svarfrist\nMat;Halden;{};{};2027-03-11\n"
    carry_out(
        start.format("Svinn", "Universelt utformet"),
        kind="challenges",
        create_organisations=True,
        publish=True,
    )
    import_ = carry_out(start.format("Mye svinn", "Norsk språk"), kind="challenges")
    challenge = db.session.scalars(select(Challenge)).one()
    assert (
        counts(import_),
        challenge.need,
        [each.text for each in challenge.requirements],
    ) == ((0, 1, 0, 0), "Mye svinn", ["Norsk språk"])
    assert number_of(Revision) == 1
    take_back(import_)
    assert (challenge.need, [each.text for each in challenge.requirements]) == (
        "Svinn",
        ["Universelt utformet"],
    )


@pytest.mark.one_database("sqlite")
def test_the_real_files_go_through_and_come_back_unchanged(app, shared):
    profiles = (shared / "profiles" / "startups_5706.csv").read_bytes()
    first = carry_out(profiles, consent=False, language="en")
    assert (counts(first), first.remarked) == ((5706, 0, 0, 0), 2)
    assert counts(carry_out(profiles, consent=False)) == (0, 0, 5706, 0)
    take_back(first)
    assert (number_of(Profile), number_of(Organisation)) == (0, 0)
    challenges = carry_out(
        (shared / "profiles" / "challenges_970.csv").read_bytes(),
        kind="challenges",
        create_organisations=True,
    )
    assert counts(challenges) == (964, 0, 0, 6)


@pytest.mark.one_database("sqlite")
@pytest.mark.parametrize("rows", [100_000])
def test_a_hundred_thousand_rows_are_read_without_holding_them_all(app, rows, tmp_path):
    import tracemalloc

    from matchmaker.core.imports.reader import open_table

    path = tmp_path / "many.csv"
    with path.open("w") as file:
        file.write("navn,one_liner\n")
        file.writelines(f"Firma {n},{'tekst ' * 30}\n" for n in range(rows))
    tracemalloc.start()
    assert sum(1 for _ in open_table(path).rows()) == rows
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_rows_without_words_and_of_companies_that_are_gone_are_warned_of_and_come_in(app):
    import_ = carry_out(
        "navn,one_liner,status\nA,Måler støv,Active\nB,,Active\nC,Teller mat,Acquired (2019)\nD,,Inaktiv\n"
    )
    assert (counts(import_), import_.remarked, told(import_)) == ((4, 0, 0, 0), 0, [])
    rows = select(ImportRow.line, ImportRow.warned).order_by(ImportRow.line)
    assert db.session.execute(rows).all() == [
        (2, ""),
        (3, "no_text"),
        (4, "not_active"),
        (5, "no_text,not_active"),
    ]


def test_an_update_without_words_is_no_warning_where_the_profile_has_some(app):
    carry_out("navn,one_liner,sted\nA,Måler støv,Halden\n")
    again = carry_out("navn,one_liner,sted\nA,,Moss\n", write=False)
    assert (again.updated, db.session.scalars(select(ImportRow.warned)).all()) == (
        1,
        ["", ""],
    )
