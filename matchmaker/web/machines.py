"""What browsers and search engines ask for by themselves."""

from flask import Response, current_app, send_from_directory, url_for

from matchmaker.core.access import public
from matchmaker.web.pages import blueprint

DAY = 24 * 60 * 60


@blueprint.get("/favicon.ico")
@public
def favicon():
    return send_from_directory(current_app.static_folder or "", "img/favicon.ico", max_age=DAY)


@blueprint.get("/robots.txt")
@public
def robots():
    """Pages for everybody may be found by search engines; searches, filters, forms and what is behind sign-in are nothing to walk through."""
    alone = [url_for(f"web.{name}") for name in ("start", "how", "about", "privacy", "accessibility")]
    lists = [url_for("challenges.index"), url_for("profiles.index")]
    lines = ["User-agent: *", "Disallow: /"]
    lines += [f"Allow: {address}$" for address in (*alone, *lists)]
    lines += [f"Allow: {address}{rest}" for address in lists for rest in ("?page=", *(f"/{digit}" for digit in range(1, 10)))]
    lines += [f"Disallow: {address}/*/" for address in lists]
    lines += [f"Allow: {url_for('static', filename='')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain", headers={"Cache-Control": f"public, max-age={DAY}"})
