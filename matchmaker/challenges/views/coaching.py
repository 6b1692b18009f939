"""The need coach's fragment."""

from flask import render_template

from matchmaker.challenges import rules
from matchmaker.challenges.views import blueprint
from matchmaker.core.access import requires


@blueprint.post("/utfordringer/rad")
@requires(rules.may_create)
def advice():
    return render_template("challenges/_coach.html")
