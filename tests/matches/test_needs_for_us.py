"""The company's side: open needs that fit, with the same reasons; what is not for us stays away until it is taken back."""

from datetime import timedelta

import pytest

from matchmaker.core.clock import now, today
from matchmaker.core.database import db, transaction
from matchmaker.engine.matcher import Matcher
from matchmaker.matches import introducing
from matchmaker.matches.models import Dismissal, Suggestion
from tests.matches.test_suggestion_pages import page, queries_of


@pytest.fixture
def shown(market, bands, make, news):
    """The market with one more need; every band strong. (profile that answers the food need, the two needs)"""
    bands(0.0)
    challenge, profiles = market
    cars = make.challenge(
        title="Biler som står stille", need="Bilene står stille hele kvelden etter arbeidstid.", situation="", effect="", affected="", themes=[], sdgs=[]
    )
    news.published(cars)
    return profiles["Lagerklar"], challenge, cars


def test_the_fitting_need_stands_first_with_quotes_from_both(shown, make, sign_in):
    profile, food, cars = shown
    html = page(sign_in(make.company_member(profile.organisation)), "/behov-for-oss")
    assert html.index(f'id="behov-{food.id}"') < html.index(f'id="behov-{cars.id}"')
    assert "To sterke" in html
    assert '<q lang="nb">Varene blir glemt til holdbarheten er ute.</q>' in html
    assert "Dere skriver:" in html
    assert f"/utfordringer/{food.id}/interesse" in html


def test_what_is_not_for_us_stays_away_until_taken_back_and_the_need_keeps_its_suggestion(shown, make, sign_in):
    profile, food, _cars = shown
    client = sign_in(make.company_member(profile.organisation))
    where = f"/behov-for-oss/{food.id}/{profile.id}"
    answer = client.post(f"{where}/bort", data={"reason": "no_room"})
    assert (answer.status_code, answer.location) == (303, f"/behov-for-oss?undo={food.id}")
    assert f'id="behov-{food.id}"' not in page(client, "/behov-for-oss")
    assert f'id="behov-{food.id}"' in page(client, "/behov-for-oss?dismissed=1")
    assert db.session.query(Dismissal).one().side == "offer"
    assert db.session.query(Suggestion).filter_by(challenge_id=food.id, profile_id=profile.id).count() == 1
    assert client.post(f"{where}/bort").location == f"/behov-for-oss?why={food.id}#hvorfor-{food.id}"
    client.post(f"{where}/angre")
    assert f'id="behov-{food.id}"' in page(client, "/behov-for-oss")


def test_a_need_one_talks_about_offers_the_introduction_and_its_state_alone(shown, make, sign_in):
    profile, food, _cars = shown
    member = make.company_member(profile.organisation)
    with transaction():
        sent = introducing.send_introduction(challenge=food, profile=profile, message="Hei", by=make.department_member(food.organisation))
    client = sign_in(member)
    for state, words in (("sent", "Venter på svar"), ("accepted", "Sagt ja")):
        sent.state = state
        db.session.commit()
        card = _card(page(client, "/behov-for-oss"), food)
        assert "Åpne introduksjonen" in card
        assert words in card
        assert "Vis interesse" not in card
        assert "Ikke for oss" not in card
    sent.state = "declined"
    db.session.commit()
    assert "Vis interesse" in _card(page(client, "/behov-for-oss"), food)


def _card(html: str, need) -> str:
    return html.split(f'id="behov-{need.id}"')[1].split("</article>")[0]


@pytest.mark.parametrize(
    ("query", "count"),
    [("theme=helse-og-omsorg", 1), ("county=31", 2), ("county=46", 0), ("language=nn", 0), ("band=strong", 2), ("band=stretch", 0), ("theme=x", 2)],
)
def test_filters_narrow_the_needs(shown, make, sign_in, query, count):
    profile, _food, _cars = shown
    html = page(sign_in(make.company_member(profile.organisation)), f"/behov-for-oss?{query}")
    assert html.count('id="behov-') == count


def test_nobody_reads_or_dismisses_for_another_company(shown, make, sign_in, client):
    profile, food, _cars = shown
    stranger = sign_in(make.company_member())
    assert "Vi mangler en profil å lese" in page(stranger, f"/behov-for-oss?profil={profile.id}")
    assert stranger.post(f"/behov-for-oss/{food.id}/{profile.id}/bort").status_code == 403
    assert sign_in(make.department_member()).get("/behov-for-oss").status_code == 403
    assert client.get("/behov-for-oss").status_code == 303
    assert f'id="behov-{food.id}"' in page(sign_in(make.coordinator()), f"/behov-for-oss?profil={profile.id}")


def test_a_company_without_a_visible_profile_is_told_what_to_do(make, index, sign_in):
    member = make.company_member()
    assert "Lag profil" in page(sign_in(member), "/behov-for-oss")
    make.profile(member.memberships[0].organisation, listed=False)
    assert "Fyll ut profilen" in page(sign_in(member), "/behov-for-oss")


def test_the_number_of_queries_does_not_follow_the_number_of_needs(make, news, bands, sign_in):
    bands(0.0)
    profile = make.profile()
    news.listed(profile)
    news.published(make.challenge())
    client = sign_in(make.company_member(profile.organisation))
    one = queries_of(client, "/behov-for-oss")
    for _ in range(2):
        news.published(make.challenge())
    assert queries_of(client, "/behov-for-oss") == one


def test_a_page_that_is_opened_again_is_not_ranked_again_until_something_changed(shown, make, news, sign_in, monkeypatch):
    profile, *_ = shown
    client = sign_in(make.company_member(profile.organisation))
    first = page(client, "/behov-for-oss")
    worked = []
    for name in ("rank_needs", "explain"):
        answer = getattr(Matcher, name)
        monkeypatch.setattr(Matcher, name, lambda self, *asked, answer=answer, **more: worked.append(1) or answer(self, *asked, **more))
    again = page(client, "/behov-for-oss")
    assert (again.count("<q"), worked) == (first.count("<q"), [])
    third = make.challenge(title="Mat som kastes", need="Varene blir glemt til holdbarheten er ute.", themes=[])
    news.published(third)
    assert f'id="behov-{third.id}"' in page(client, "/behov-for-oss")


@pytest.mark.parametrize(("sort", "first"), [("newest", "cars"), ("deadline", "food")])
def test_the_needs_stand_in_the_order_asked_for(shown, make, sign_in, sort, first):
    profile, food, cars = shown
    food.published_at, food.answers_due = now() - timedelta(days=9), today() + timedelta(days=3)
    cars.published_at, cars.answers_due = now() - timedelta(days=2), None
    db.session.commit()
    html = page(sign_in(make.company_member(profile.organisation)), f"/behov-for-oss?sort={sort}")
    places = {"food": html.index(f'id="behov-{food.id}"'), "cars": html.index(f'id="behov-{cars.id}"')}
    assert min(places, key=places.get) == first


def test_a_withdrawn_profile_is_no_longer_read(shown, make, sign_in, news):
    profile, _food, _cars = shown
    profile.hidden_at = now()
    news.hidden(profile)
    assert "Profilen er ikke synlig" in page(sign_in(make.company_member(profile.organisation)), "/behov-for-oss")


def test_a_profile_that_is_not_read_yet_never_makes_the_page_wait_for_the_model(shown, make, sign_in, app, monkeypatch):
    profile, _food, _cars = shown
    profile.summary = "Noe helt annet enn det indeksen har lest."
    db.session.commit()
    monkeypatch.setattr(app.extensions["matcher"], "state", "loading")
    assert "Leser profilen deres på nytt" in page(sign_in(make.company_member(profile.organisation)), "/behov-for-oss")
