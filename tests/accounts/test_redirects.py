import pytest

from matchmaker.accounts.redirects import inside

pytestmark = pytest.mark.one_database("sqlite")  # addresses alone

HOSTILE = [
    None,
    "",
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "http:evil.test",
    "javascript:alert(1)",
    "/\tevil",
    "/x\r\nSet-Cookie: a=b",
    "evil.test",
    " /utfordringer",
    "/a\\..\\b",
    "http://[::1",
    "/\x00",
]


@pytest.mark.parametrize("wanted", HOSTILE)
def test_an_address_elsewhere_leads_home(app, wanted):
    with app.test_request_context():
        assert inside(wanted, "web.start") == "/"


@pytest.mark.parametrize("wanted", ["/", "/utfordringer?page=2&q=mat", "/utfordringer/1#spørsmål"])
def test_a_path_here_is_kept(app, wanted):
    with app.test_request_context():
        assert inside(wanted, "web.start") == wanted


@pytest.mark.parametrize("wanted", [each for each in HOSTILE if each])
def test_sign_in_never_leads_away(client, make, wanted):
    from matchmaker.accounts.passwords import hashed
    from tests.accounts.post import GOOD

    user = make.user(password_hash=hashed(GOOD))
    answer = client.post("/logg-inn", data={"email": user.email, "password": GOOD, "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/velkommen")
