"""Language and light: chosen by a form, kept in a cookie and with the person."""

import pytest

from matchmaker.core.database import db

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


def cookies(response) -> str:
    return " ".join(response.headers.getlist("Set-Cookie"))


def test_choosing_a_language_leads_back_and_changes_the_page(client):
    answer = client.post("/sprak", data={"language": "nn", "next": "/om"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/om")
    assert '<html lang="nn"' in client.get("/om").get_data(as_text=True)


def test_choosing_dark_changes_the_page(client):
    client.post("/utseende", data={"theme": "dark", "next": "/"})
    assert 'data-color-scheme="dark"' in client.get("/").get_data(as_text=True)


def test_the_cookie_cannot_be_read_by_scripts(client):
    kept = cookies(client.post("/sprak", data={"language": "en"}))
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept


@pytest.mark.parametrize(("path", "field", "value"), [("/sprak", "language", "de"), ("/sprak", "language", ""), ("/utseende", "theme", "<script>")])
def test_a_choice_that_is_not_offered_is_refused(client, path, field, value):
    answer = client.post(path, data={field: value})
    assert answer.status_code == 400
    assert "language=" not in cookies(answer)
    assert "theme=" not in cookies(answer)


@pytest.mark.parametrize("wanted", ["https://example.test/", "//example.test", "/\\example.test", "/om\r\nX: y", "om", ""])
def test_the_way_back_never_leaves_the_site(client, wanted):
    assert client.post("/sprak", data={"language": "nb", "next": wanted}).headers["Location"] == "/"


def test_the_choice_follows_the_person_to_another_browser(make, sign_in):
    user = make.user()
    sign_in(user).post("/utseende", data={"theme": "dark", "next": "/"})
    db.session.expire_all()
    assert user.theme == "dark"
    assert 'data-color-scheme="dark"' in sign_in(user).get("/om").get_data(as_text=True)
