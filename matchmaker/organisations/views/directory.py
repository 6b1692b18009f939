"""The coordinator's list of organisations."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts.services import Refused
from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.paging import page_of
from matchmaker.core.texts import clean_line
from matchmaker.organisations import queries, rules, services
from matchmaker.organisations.forms import NewOrganisationForm
from matchmaker.organisations.models import Kind
from matchmaker.organisations.views import blueprint


@blueprint.get("/virksomheter")
@requires(rules.is_coordinator)
def index():
    text, kind = clean_line(request.args.get("q"))[:200], request.args.get("kind", "")
    kind = kind if kind in set(Kind) else ""
    page = page_of(queries.directory(text=text, kind=kind))
    return render_template("organisations/index.html", page=page, counts=queries.member_counts(page.items), text=text, kind=kind)


@blueprint.route("/virksomheter/ny", methods=["GET", "POST"])
@requires(rules.is_coordinator)
def create():
    form = NewOrganisationForm()
    if form.validate_on_submit():
        asked = form.asked()
        try:
            with transaction():
                made = services.create_organisation(name=asked.pop("organisation_name"), **asked, website=form.website.data or "", by=current_user)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Virksomheten er opprettet. Inviter den første."), "success")
            return redirect(url_for("organisations.show", organisation_id=made.id), code=303)
    return render_template("organisations/create.html", form=form), 422 if request.method == "POST" else 200
