"""Passwords: what counts as good enough, and how they are kept (Argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from matchmaker.core.texts import normal

SHORTEST = 12
LONGEST = 200
COMMON = frozenset(
    """
    passord12345 passord123456 passordpassord mittpassord1 mittpassord123 hemmeligpassord velkommen123 velkommen1234 velkommen12345
    sommer2024sommer password1234 password12345 password123456 passwordpassword mypassword123 123456789012 1234567890123 12345678901234
    123456123456 111111111111 000000000000 123123123123 112233445566 098765432109 987654321098 qwertyuiop12 qwertyuiop123 qwertyuiopas
    qwertyuiopå123 qwerty123456 qwertyqwerty 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5y6 abcdefghijkl abcdefghijklm abc123abc123 asdfghjklzxc
    asdfghjkløæ1 iloveyou1234 letmeinletmein welcome12345 administrator administrator1 adminadmin12 adminadminadmin changemeplease changeme1234
    trustno1trustno1 footballfootball liverpool1234 superman12345 kommunekommune matchmaker12 matchmaker123 matchmaker1234 matchmakermatchmaker
    haldenhalden norgenorge12
    """.split()
)
"""Twelve signs or more, and still the first ones anybody would try."""

hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Argon2id with the parameters of today; the same signs typed on another keyboard give the same password (NFKC)."""
    return hasher.hash(_normal(password))


def matches(password: str, password_hash: str) -> bool:
    """Costs the same whether or not there is a password to compare with, so that time does not tell who has an account."""
    try:
        return hasher.verify(password_hash or _nobody(), _normal(password)) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def outdated(password_hash: str) -> bool:
    """The hash was made with other parameters than those in use now."""
    return hasher.check_needs_rehash(password_hash)


def weakness(password: str, *, email: str = "", name: str = "") -> str:
    """What is wrong with a new password, in words for the one who chose it; '' when it will do."""
    plain = _normal(password).lower()
    if len(plain) < SHORTEST:
        return _("Passordet må ha minst %(number)s tegn. Tre eller fire tilfeldige ord er lett å huske.", number=SHORTEST)
    if len(plain) > LONGEST:
        return _("Passordet kan ha høyst %(number)s tegn.", number=LONGEST)
    if email and plain in {email.lower(), email.lower().partition("@")[0]}:
        return _("Passordet kan ikke være e-postadressen.")
    if name and plain == _normal(name).lower():
        return _("Passordet kan ikke være navnet.")
    if plain in COMMON or len(set(plain)) < 5:
        return _("Det passordet er lett å gjette. Velg et annet.")
    return ""


def _normal(password: str) -> str:
    return normal(password, "NFKC")


_made: list[str] = []


def _nobody() -> str:
    """A hash nobody's password has, with the parameters of today."""
    if not _made or hasher.check_needs_rehash(_made[0]):
        _made[:] = [hasher.hash("no account stands behind this")]
    return _made[0]
