"""One's own data: taken out, and erased."""

import json

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts import passwords, rules, services, signing_in
from matchmaker.accounts.forms import DeleteForm
from matchmaker.accounts.personal_data import gather
from matchmaker.accounts.views import blueprint
from matchmaker.accounts.views.settings import me
from matchmaker.core.access import requires, signed_in
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter


@blueprint.get("/konto/mine-data.json")
@signed_in
def own_data():
    body = json.dumps(gather(current_user), ensure_ascii=False, indent=2, default=str)
    return Response(body, mimetype="application/json", headers={"Content-Disposition": "attachment; filename=mine-data.json", "Cache-Control": "no-store"})


@blueprint.route("/konto/slett", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"], key_func=me)
@requires(rules.may_change_identity)
def delete():
    form = DeleteForm()
    if form.validate_on_submit():
        if form.typed.data != current_user.email:
            form.typed.errors = [_("Det er ikke e-postadressen til denne kontoen.")]
        elif not passwords.matches(form.password.data, current_user.password_hash):
            form.password.errors = [_("Det er ikke passordet ditt.")]
        else:
            try:
                with transaction():
                    services.delete_account(user=current_user, by=current_user)
                    signing_in.leave()
            except services.Refused as refusal:
                form.form_errors.append(str(refusal))
            else:
                flash(_("Kontoen din er slettet."), "success")
                return redirect(url_for("web.start"), code=303)
    return render_template("accounts/delete.html", form=form), 422 if request.method == "POST" else 200
