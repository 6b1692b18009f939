"""Pages that stand alone."""

from flask import Blueprint, current_app, render_template
from flask_login import current_user

from matchmaker.core.access import public
from matchmaker.web import queries
from matchmaker.web.doors import doors
from matchmaker.web.example import example

blueprint = Blueprint("web", __name__)


@blueprint.get("/")
@public
def start():
    return render_template("web/start.html", figures=queries.figures(), example=example(), doors=doors(current_user))


@blueprint.get("/slik-virker-det")
@public
def how():
    return render_template("web/how.html", example=example(), doors=doors(current_user))


@blueprint.get("/om")
@public
def about():
    return render_template("web/about.html")


@blueprint.get("/personvern")
@public
def privacy():
    return render_template("web/privacy.html", letters_kept=current_app.config["MATCHMAKER_LETTERS_KEPT"], **_operator())


@blueprint.get("/tilgjengelighet")
@public
def accessibility():
    return render_template("web/accessibility.html", **_operator())


def _operator() -> dict[str, str]:
    """Who runs this installation and how to reach them; empty when the configuration does not say."""
    return {"operator": current_app.config.get("MATCHMAKER_OPERATOR", ""), "contact": current_app.config.get("MATCHMAKER_CONTACT", "")}
