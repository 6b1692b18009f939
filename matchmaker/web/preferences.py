"""Language and light: kept in a cookie for everybody, and with the person when somebody is signed in."""

from flask import abort, redirect, request, url_for
from flask_login import current_user

from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.core.i18n import LANGUAGES
from matchmaker.web.pages import blueprint

THEMES = ("light", "dark", "auto")
YEAR = 365 * 24 * 60 * 60


@blueprint.post("/sprak")
@public
def choose_language():
    """Anything but bokmål, nynorsk and English is refused with 400."""
    return _keep("language", request.form.get("language", ""), tuple(LANGUAGES), "locale")


@blueprint.post("/utseende")
@public
def choose_theme():
    return _keep("theme", request.form.get("theme", ""), THEMES, "theme")


def _keep(cookie: str, chosen: str, allowed: tuple[str, ...], attribute: str):
    if chosen not in allowed:
        abort(400)
    if current_user.is_authenticated:
        with transaction():
            setattr(current_user, attribute, chosen)
    response = redirect(_back(), code=303)
    response.set_cookie(cookie, chosen, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _back() -> str:
    """Where the form stood; only a path on this site, so that no link can use us to lead people elsewhere."""
    wanted = request.form.get("next", "")
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not any(ord(c) < 32 for c in wanted)
    return wanted if inside else url_for("web.start")
