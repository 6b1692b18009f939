import pytest
from argon2 import PasswordHasher

from matchmaker.accounts import passwords
from tests.accounts.post import GOOD


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context():
        yield


def test_a_password_matches_itself_and_nothing_else():
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert passwords.matches(GOOD, kept) is True
    assert passwords.matches(GOOD + "x", kept) is False


def test_the_same_letters_typed_in_two_ways_are_one_password():
    assert passwords.matches("blåbærsyltetøy".replace("å", "å"), passwords.hashed("blåbærsyltetøy")) is True


@pytest.mark.parametrize("kept", ["", "not a hash", "$argon2id$broken"])
def test_nothing_matches_where_no_password_is_kept(kept):
    assert passwords.matches("", kept) is False
    assert passwords.matches("no account stands behind this", kept) is False


def test_a_password_is_verified_for_unknown_people_too(monkeypatch):
    seen = []

    class Counting(PasswordHasher):
        def verify(self, *arguments):
            seen.append(arguments[1])
            return super().verify(*arguments)

    monkeypatch.setattr(passwords, "hasher", Counting(time_cost=1, memory_cost=64))
    passwords.matches(GOOD, "")
    assert seen == [GOOD]


def test_a_hash_with_other_parameters_is_outdated(monkeypatch):
    kept = passwords.hashed(GOOD)
    assert passwords.outdated(kept) is False
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=64))
    assert passwords.outdated(kept) is True


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "Passordet må ha minst 12 tegn. Tre eller fire tilfeldige ord er lett å huske."),
        ("x" * 201, "Passordet kan ha høyst 200 tegn."),
        ("Ada.Lang@Halden.test", "Passordet kan ikke være e-postadressen."),
        ("Passord12345", "Det passordet er lett å gjette. Velg et annet."),
        ("aaaaaaaaaaaaaa", "Det passordet er lett å gjette. Velg et annet."),
        ("Ada Lang Langesen", "Passordet kan ikke være navnet."),
        (GOOD, ""),
        ("🙂🚲🐟🌳🍞🎈🧊🔑🪁🧦📚🛶", ""),
    ],
)
def test_a_new_password_is_judged_in_words(password, said):
    assert passwords.weakness(password, email="ada.lang@halden.test", name="Ada Lang Langesen") == said


def test_every_common_password_is_long_enough_to_matter():
    assert {word for word in passwords.COMMON if len(word) < passwords.SHORTEST} == set()
