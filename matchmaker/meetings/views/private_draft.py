"""One's own draft, written on by the private address until the last day for wishes."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.challenges.refusals import EditedMeanwhile
from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.meetings import services
from matchmaker.meetings.forms.drafts import DraftForm, draft_of
from matchmaker.meetings.models import Participant
from matchmaker.meetings.refusals import NotTheirs, WishesClosed
from matchmaker.meetings.services.describing import describes
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.private import acting, by_address, shared


@blueprint.route("/delta/<token>/beskriv", methods=["GET", "POST"])
@public
@by_address
def private_draft(who: Participant, token: str):
    """404 for who has published, has laid the draft aside, or has colleagues with accounts: they write in the service."""
    if not describes(who):
        abort(404)
    form, stands, late = DraftForm(who.side, data=draft_of(who)), None, False
    if form.validate_on_submit():
        try:
            with transaction():
                services.describe(participant=who, by=acting(), **form.said)
            flash(_("Teksten er lagret."), "success")
            return redirect(url_for("meetings.private_draft", token=token), code=303)
        except (EditedMeanwhile, StaleDataError):
            stands = draft_of(who)
            form.version.data = stands["version"]
            form.words.errors = [_("Noen har endret teksten siden dere åpnet siden. Slik den står nå, ser dere under. Lagrer dere igjen, gjelder deres.")]
        except WishesClosed:
            late = True
        except NotTheirs:
            abort(404)
    page = {"form": form, "stands": stands, "late": late, **shared(who, token)}
    return render_template("meetings/private/draft.html", **page), 422 if request.method == "POST" else 200
