"""Language and light: kept in a cookie for everybody, and with the person when somebody is signed in."""

from flask import abort, redirect, request
from flask_login import current_user

from matchmaker.accounts.redirects import inside
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
    response = redirect(inside(request.form.get("next"), "web.start"), code=303)
    response.set_cookie(cookie, chosen, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
