"""The form: wrong, missing, over-long, hostile, sent twice, stale. Nobody loses a word."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from matchmaker.challenges import queries, rules, services
from matchmaker.challenges.models import Challenge, Revision
from matchmaker.challenges.states import State
from matchmaker.core.clock import today
from matchmaker.core.database import db

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def member(make):
    return make.department_member()


@pytest.fixture
def browser(sign_in, member):
    return sign_in(member)


@pytest.fixture
def new(posted, member):
    """A whole new challenge as posted; several departments to choose among would need the field."""
    return {**posted, "organisation": str(member.memberships[0].organisation_id)}


@pytest.fixture
def draft(make, member):
    return make.challenge(member.memberships[0].organisation, state=State.DRAFT)


def stored() -> list[Challenge]:
    db.session.expire_all()
    return list(db.session.scalars(select(Challenge).order_by(Challenge.id)))


def address(challenge, *more) -> str:
    return "/".join(["/utfordringer", str(challenge.id), *more])


def as_posted(challenge, **changes) -> dict:
    return {"title": challenge.title, "need": challenge.need, "situation": challenge.situation, "effect": challenge.effect, "affected": challenge.affected, "contact_email": challenge.contact_email, "language": "nb", "themes": challenge.themes, "sdgs": challenge.sdgs, "version": str(challenge.version), **changes}


def test_title_and_need_are_enough_for_a_draft(browser, new):
    answer = browser.post("/utfordringer/ny", data={"organisation": new["organisation"], "token": "t", "language": "nb", "title": "Mat", "need": "Vi kaster mat."})
    [made] = stored()
    assert (answer.status_code, answer.location, made.state) == (303, address(made), "draft")


@pytest.mark.parametrize(("field", "words"), [("title", "Skriv en tittel."), ("need", "Skriv hva dere trenger hjelp med.")])
def test_without_them_the_page_says_so_beside_the_field_and_keeps_the_rest(browser, new, field, words):
    answer = browser.post("/utfordringer/ny", data={**new, field: " \u200b "})
    assert answer.status_code == 422
    assert f'id="{field}-error">{words}' in answer.text
    assert new["affected"] in answer.text
    assert stored() == []


@pytest.mark.parametrize(("field", "value", "words"), [
    ("title", "x" * 201, "Skriv høyst 200 tegn."), ("need", "x" * 10_001, "Skriv høyst 10000 tegn."), ("situation", "x" * 1_000_000, "Skriv høyst 10000 tegn."),
    ("essential-0", "x" * 501, "Skriv høyst 500 tegn."), ("answers_due", "i morgen", "Skriv datoen slik"), ("answers_due", "0001-01-01", "Sjekk årstallet."),
    ("budget_from", "mye", "mellom 0 og 1 000 000 000"), ("budget_from", "-1", "mellom 0 og"), ("budget_to", "99999999999999999999", "mellom 0 og"), ("contact_email", "kari", "Skriv hele e-postadressen"),
    ("maturity_wanted", "12", ""), ("language", "xx", ""), ("themes", "finnes-ikke", ""), ("sdgs", "99", ""), ("organisation", "999999", ""), ("organisation", "abc", ""),
])  # fmt: skip
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_saved(browser, new, field, value, words):
    answer = browser.post("/utfordringer/ny", data={**new, field: value})
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.text
    assert words in answer.text
    assert stored() == []


def test_questions_must_end_before_answers_and_the_low_amount_stand_first(browser, new):
    wrong = {"questions_due": "2099-02-02", "answers_due": "2099-02-01", "budget_from": "500 000", "budget_to": "200 000 kr", "test_from": "2099-02-02", "test_to": "2099-02-01"}
    answer = browser.post("/utfordringer/ny", data={**new, **wrong})
    assert answer.status_code == 422
    for name in ("questions_due", "budget_to", "test_to"):
        assert f'id="{name}-error"' in answer.text


@pytest.mark.both_databases
def test_amounts_and_dates_are_read_the_norwegian_way(browser, new):
    browser.post("/utfordringer/ny", data={**new, "budget_from": "200 000", "budget_to": "1 000 000 kr", "answers_due": "31.12.2098"})
    [made] = stored()
    assert (made.budget_from, made.budget_to, made.answers_due.isoformat()) == (200_000, 1_000_000, "2098-12-31")


HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE challenges;--", "{{ 7*7 }}", "%s%n", "a\u202eb\u200bc", "👩‍🍳 og 🇳🇴", "\x00null"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text_and_shown_escaped(browser, client, new, text):
    data = {**new, **{name: text for name in ("title", "need", "situation", "effect", "affected", "test_places", "contribution", "contact_name", "essential-0", "nice-0")}}
    answer = browser.post("/utfordringer/ny", data={**data, "act": "publish"})
    assert answer.status_code == 303
    [made] = stored()
    assert not any(sign in made.need for sign in "\x00\u200b\u202e")
    for path in (address(made), address(made, "utskrift"), "/utfordringer"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in page or "{{" not in text or "{{ 7*7 }}" in page


@pytest.mark.both_databases
def test_the_same_form_sent_twice_makes_one_challenge(browser, new):
    answers = [browser.post("/utfordringer/ny", data=new) for _ in range(2)]
    [made] = stored()
    assert [answer.location for answer in answers] == [address(made)] * 2


def test_publishing_from_the_form_saves_first_and_tells_what_is_missing(browser, new):
    nobody = {"need": "Det blir kastet 120 kilo mat i uka.", "affected": ""}
    answer = browser.post("/utfordringer/ny", data={**new, **nobody, "answers_due": (today() - timedelta(days=1)).isoformat(), "act": "publish"})
    [made] = stored()
    assert (answer.status_code, made.state, made.effect) == (422, "draft", new["effect"])
    assert 'id="affected-error">Skriv hvem det gjelder' in answer.text
    assert 'id="answers_due-error">Denne dagen har vært' in answer.text
    assert f'name="version" type="hidden" value="{made.version}"' in answer.text


def test_publishing_an_empty_form_names_everything_at_once_and_keeps_what_was_typed(browser, new):
    wrong = {"title": "", "need": "", "affected": "", "effect": "Halvparten kastes", "answers_due": "", "contact_email": "kari", "test_to": "2001-01-01"}
    answer = browser.post("/utfordringer/ny", data={**new, **wrong, "act": "publish"})
    assert answer.status_code == 422
    summary = answer.text.partition("ds-error-summary")[2].partition("</ul>")[0]
    assert [field for field in wrong if f'href="#{field}"' in summary] == ["title", "need", "affected", "answers_due", "contact_email", "test_to"]
    assert summary.count("<li>") == 6
    assert "Halvparten kastes" in answer.text
    assert 'value="kari"' in answer.text
    assert stored() == []


def test_publishing_from_that_page_afterwards_works(browser, new):
    browser.post("/utfordringer/ny", data={**new, "affected": "", "act": "publish"})
    [made] = stored()
    answer = browser.post("/utfordringer/ny", data={**new, "version": str(made.version), "act": "publish"})
    [made] = stored()
    assert (answer.status_code, made.state, made.affected) == (303, "published", new["affected"])


def test_publishing_from_the_drafts_page_leads_to_the_form_with_what_is_missing(browser, draft):
    answer = browser.post(address(draft, "publiser"))
    assert answer.location == address(draft, "rediger") + "?publish=1"
    assert 'id="answers_due-error">Sett en svarfrist' in browser.get(answer.location).text


def test_requirements_are_added_and_removed_by_buttons_without_losing_anything(browser, new):
    more = browser.post("/utfordringer/ny", data={**new, "essential-0": "Rask", "add": "essential"})
    assert more.status_code == 200
    assert 'name="essential-1"' in more.text
    assert 'value="Rask"' in more.text
    assert new["need"] in more.text
    less = browser.post("/utfordringer/ny", data={**new, "essential-0": "Rask", "essential-1": "Trygg", "remove": "essential-0"})
    assert 'value="Trygg"' in less.text
    assert 'value="Rask"' not in less.text
    assert stored() == []


@pytest.mark.parametrize("data", [{"add": "<script>"}, {"remove": "essential-99"}, {"remove": "essential-x"}, {"add": "essential"} | {f"essential-{n}": "x" for n in range(40)}])
def test_wrong_row_buttons_do_no_harm(browser, new, data):
    assert browser.post("/utfordringer/ny", data={**new, **data}).status_code in {200, 303}


@pytest.mark.both_databases
def test_autosave_makes_one_draft_and_edits_it_afterwards(browser, new):
    first = browser.post("/utfordringer/ny/lagre", data={"organisation": new["organisation"], "token": "t", "language": "nb", "title": "", "need": "Vi kas", "version": ""})
    assert first.json["version"] == 1
    assert first.json["saved"].startswith("Lagret kl. ")
    second = browser.post("/utfordringer/ny/lagre", data={**new, "token": "t", "version": "1"})
    [made] = stored()
    assert (second.json["version"], made.version, made.title) == (2, 2, new["title"])
    sent = browser.post("/utfordringer/ny", data={**new, "token": "t", "version": "2", "title": "Til slutt"})
    assert (sent.status_code, [each.title for each in stored()]) == (303, ["Til slutt"])


def test_autosave_of_an_empty_form_makes_nothing(browser, new):
    answer = browser.post("/utfordringer/ny/lagre", data={"organisation": new["organisation"], "token": "t", "language": "nb", "contact_email": "a@example.com"})
    assert (answer.status_code, stored()) == (200, [])


def test_autosave_keeps_what_can_be_read_and_names_the_rest(browser, draft):
    answer = browser.post(address(draft, "lagre"), data=as_posted(draft, title="Ny tittel", budget_from="mye", answers_due="2099-13-45"))
    [made] = stored()
    assert made.title == "Ny tittel"
    assert answer.json["saved"].endswith("unntatt: Fra kroner, Svarfrist")
    assert answer.json["version"] == made.version


def test_autosave_on_an_old_version_answers_with_both_texts(browser, draft):
    old = as_posted(draft, title="Min")
    browser.post(address(draft, "lagre"), data=as_posted(draft, title="Den andres"))
    answer = browser.post(address(draft, "lagre"), data=old)
    assert (answer.status_code, answer.json["mine"]["title"], answer.json["theirs"]["title"]) == (409, "Min", "Den andres")
    assert "version" not in answer.json
    assert [each.title for each in stored()] == ["Den andres"]


def test_what_is_public_is_never_saved_by_itself(browser, make, member):
    published = make.challenge(member.memberships[0].organisation)
    assert browser.post(address(published, "lagre"), data=as_posted(published, title="Ny")).status_code == 403
    assert "data-autosave=" not in browser.get(address(published, "rediger")).text


@pytest.mark.both_databases
def test_the_second_of_two_editors_sees_both_versions_and_may_save_on_top(browser, sign_in, make, draft):
    mine = as_posted(draft, need="Min tekst om behovet.")
    colleague = sign_in(make.department_member(draft.organisation))
    colleague.post(address(draft, "rediger"), data=as_posted(draft, need="Kollegaens tekst om behovet."))
    answer = browser.post(address(draft, "rediger"), data=mine)
    [now] = stored()
    assert (answer.status_code, now.need) == (409, "Kollegaens tekst om behovet.")
    assert "<del>Kollegaens</del>" in answer.text
    assert "<ins>Min</ins>" in answer.text
    assert ">\r\nMin tekst om behovet.</textarea>" in answer.text
    again = browser.post(address(draft, "rediger"), data={**mine, "version": str(now.version)})
    assert (again.status_code, [each.need for each in stored()]) == (303, ["Min tekst om behovet."])


@pytest.mark.both_databases
@pytest.mark.parametrize("act", ["save", "publish"])
def test_an_edit_sent_twice_is_done_once_and_looks_done_both_times(browser, draft, act):
    mine = as_posted(draft, need="Min tekst om behovet.", answers_due=(today() + timedelta(days=9)).isoformat(), act=act)
    answers = [browser.post(address(draft, "rediger"), data=mine) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303] * 2
    [now] = stored()
    assert (now.need, now.state) == ("Min tekst om behovet.", "published" if act == "publish" else "draft")


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999", "0"])
def test_a_forged_version_never_overwrites(browser, draft, version):
    draft.title = "Endret"
    db.session.commit()
    assert browser.post(address(draft, "rediger"), data=as_posted(draft, title="Min", version=version)).status_code == 409
    assert [each.title for each in stored()] == ["Endret"]


def test_an_edit_of_what_is_public_keeps_the_old_text(browser, make, member):
    published = make.challenge(member.memberships[0].organisation, answers_due=today() + timedelta(days=9))
    answer = browser.post(address(published, "rediger"), data=as_posted(published, title="Ny tittel", answers_due=published.answers_due.isoformat()))
    assert answer.location == address(published)
    assert [each.content["title"] for each in db.session.scalars(select(Revision))] == ["Mindre mat i søpla på kommunens kjøkken"]


def test_a_public_challenge_cannot_be_emptied(browser, make, member):
    published = make.challenge(member.memberships[0].organisation, answers_due=today() + timedelta(days=9))
    answer = browser.post(address(published, "rediger"), data=as_posted(published, effect="", answers_due=published.answers_due.isoformat()))
    assert answer.status_code == 422
    assert 'id="effect-error"' in answer.text


def test_a_preview_of_an_edit_shows_it_and_saves_nothing(browser, make, member):
    published = make.challenge(member.memberships[0].organisation)
    answer = browser.post(address(published, "rediger"), data=as_posted(published, title="Bare en prøve", act="preview", **{"essential-0": "Rask"}))
    assert (answer.status_code, [each.title for each in stored()]) == (200, [published.title])
    assert ">Bare en prøve</h2>" in answer.text


def test_advice_comes_with_the_page_and_as_a_fragment(browser, new):
    page = browser.post("/utfordringer/ny", data={**new, "need": "Vi trenger en app.", "act": "check"})
    fragment = browser.post("/utfordringer/rad", data={"need": "Vi trenger en app.", "language": "nb"})
    assert page.status_code == fragment.status_code == 200
    for text in (page.text, fragment.text):
        assert "Her står det en løsning («app»)" in text
    assert "<html" not in fragment.text
    assert stored() == []


def test_the_coach_names_what_publishing_needs_beside_the_text(browser, new):
    told = [browser.post("/utfordringer/rad", data={**new, **change}).text for change in ({}, {"answers_due": ""}, {"answers_due": "", "contact_email": ""}, {"need": "", "answers_due": ""})]
    links = ['href="#answers_due">Svarfrist</a>', 'href="#contact_email">']
    assert [[link in each for link in links] for each in told] == [[False, False], [True, False], [True, True], [False, False]]


def test_a_coordinator_chooses_whom_to_write_for(sign_in, make, posted):
    organisation = make.municipality(name="Moss kommune")
    make.municipality(name="Aremark kommune")
    browser = sign_in(make.coordinator())
    assert ">Moss kommune, " in browser.get("/utfordringer/ny").text
    browser.post("/utfordringer/ny", data={**posted, "organisation": str(organisation.id)})
    assert [each.organisation_id for each in stored()] == [organisation.id]


def test_nobody_writes_for_another_municipality(browser, make, posted):
    other = make.municipality(name="Moss kommune")
    for path in ("/utfordringer/ny", "/utfordringer/ny/lagre"):
        assert browser.post(path, data={**posted, "organisation": str(other.id)}).status_code in {400, 422}
    assert stored() == []


@pytest.mark.both_databases
def test_two_submissions_at_the_very_same_time_make_one_challenge(browser, new, monkeypatch):
    browser.post("/utfordringer/ny", data=new)
    find, blind = queries.created_with, [True]
    monkeypatch.setattr(queries, "created_with", lambda key: None if blind and blind.pop() else find(key))
    answer = browser.post("/utfordringer/ny", data=new)
    [made] = stored()
    assert (answer.status_code, answer.location) == (303, address(made))


@pytest.mark.both_databases
def test_two_edits_at_the_very_same_time_lose_nothing(browser, draft, monkeypatch):
    """The other one saves between this one's look at the version and its own save."""
    look = rules.is_public

    def other_saves(challenge):
        monkeypatch.setattr(rules, "is_public", look)
        with db.engine.begin() as connection:
            connection.execute(update(Challenge).where(Challenge.id == challenge.id).values(title="Den andres", version=Challenge.version + 1))
        return look(challenge)

    data = as_posted(draft, title="Min")
    db.session.commit()
    monkeypatch.setattr(services.writing.rules, "is_public", other_saves)
    answer = browser.post(address(draft, "rediger"), data=data)
    assert answer.status_code == 409
    assert 'value="Min"' in answer.text
    assert [each.title for each in stored()] == ["Den andres"]


@pytest.mark.parametrize("step", ["rediger", "lagre"])
def test_a_post_without_a_single_field_changes_nothing(browser, draft, step):
    before = draft.version
    assert browser.post(address(draft, step)).status_code in {200, 303}
    assert [(each.version, each.title) for each in stored()] == [(before, draft.title)]


def test_a_new_challenge_without_a_single_field_is_told_what_it_lacks(browser):
    assert browser.post("/utfordringer/ny").status_code == 422
    assert browser.post("/utfordringer/ny/lagre").status_code == 400
    assert stored() == []


@pytest.mark.parametrize("version", ["²³", "٣", "-1", "1e3", "9" * 50, "\x00"])
def test_a_version_that_is_no_number_of_ours_counts_as_the_very_first(browser, draft, version):
    answer = browser.post(address(draft, "rediger"), data=as_posted(draft, effect="Ny tekst.", version=version))
    assert answer.status_code in {303, 409}
    assert "Ny tekst." in answer.text or stored()[0].effect == "Ny tekst."


def test_an_organisation_that_is_not_theirs_is_told_beside_a_field_one_can_see(browser, new):
    answer = browser.post("/utfordringer/ny", data={**new, "organisation": "999999"})
    assert answer.status_code == 422
    assert 'href="#organisation"' in answer.text
    assert 'id="organisation-error"' in answer.text
    assert new["affected"] in answer.text


def unfolded(page: str) -> list[str]:
    """The parts that stand open, by the beginning of their marks."""
    parts = page.split('<details class="form-part fold"')[1:]
    return [name for part, name in zip(parts, ("kravene", "utproving", "temaene"), strict=True) if part.startswith(" open>")]


def test_parts_that_may_be_left_out_are_folded_until_they_hold_something_or_are_wrong(browser, new, make, member):
    assert unfolded(browser.get("/utfordringer/ny").text) == []
    wrong = browser.post("/utfordringer/ny", data={**new, "budget_to": "mye"}).text
    assert unfolded(wrong) == ["utproving"]
    assert 'value="mye"' in wrong
    assert unfolded(browser.post("/utfordringer/ny", data={**new, "themes": ["kultur"], "budget_from": "0", "act": "check"}).text) == ["utproving", "temaene"]
    assert unfolded(browser.post("/utfordringer/ny", data={**new, "add": "essential"}).text) == ["kravene"]
    draft = make.challenge(member.memberships[0].organisation, state=State.DRAFT, themes=["kultur"], sdgs=[])
    services.edit_challenge(challenge=draft, by=member, content={"requirements": [("Virker uten nett", False)]})
    db.session.commit()
    assert unfolded(browser.get(address(draft, "rediger")).text) == ["kravene", "temaene"]
