"""The administrator's desk: people and roles, the outbox."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts.services import Refused
from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.paging import page_of
from matchmaker.core.texts import clean_line
from matchmaker.organisations import desk, queries, rules, services
from matchmaker.organisations.forms import RoleForm
from matchmaker.organisations.views import blueprint


@blueprint.get("/administrasjon")
@requires(rules.is_administrator)
def administration():
    return render_template("organisations/administration.html", figures=desk.figures())


@blueprint.get("/administrasjon/personer")
@requires(rules.is_administrator)
def people():
    text = clean_line(request.args.get("q"))[:200]
    return render_template("organisations/people.html", page=page_of(queries.people(text=text)), text=text, roles_of=rules.memberships)


@blueprint.route("/administrasjon/personer/<int:user_id>", methods=["GET", "POST"])
@requires(rules.may_administer_person, queries.person)
def person(person):
    form = RoleForm()
    form.organisation.choices = [("", _("Velg virksomhet")), *desk.organisation_choices()]
    if form.validate_on_submit():
        chosen = queries.organisation(int(form.organisation.data)) or abort(404)
        try:
            with transaction():
                services.add_member(user=person, organisation=chosen, role=form.role.data, by=current_user)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Rollen er gitt."), "success")
            return redirect(url_for("organisations.person", user_id=person.id), code=303)
    said = render_template("organisations/person.html", person=person, form=form, mine=rules.memberships(person))
    return said, 422 if request.method == "POST" else 200


@blueprint.get("/administrasjon/brev")
@requires(rules.is_administrator)
def letters():
    state, text = request.args.get("state", ""), clean_line(request.args.get("q"))[:200]
    return render_template("organisations/letters.html", page=page_of(desk.letters(state=state, text=text)), state=state, text=text, words=desk.LETTER_STATES)


@blueprint.get("/administrasjon/brev/<int:letter_id>")
@requires(rules.may_see_letter, desk.letter)
def letter(letter):
    """What a sent letter says is between us and its reader; only letters that never leave this machine can be read here."""
    return render_template("organisations/letter.html", letter=letter, words=desk.LETTER_STATES, readable=letter.state == "kept")


@blueprint.post("/administrasjon/brev/<int:letter_id>/send")
@requires(rules.may_see_letter, desk.letter)
def send_letter(letter):
    with transaction():
        sent = desk.try_letter_again(letter=letter, by=current_user)
    flash(_("Vi prøver igjen med en gang.") if sent else _("Dette brevet kan ikke sendes på nytt."), "success" if sent else "warning")
    return redirect(url_for("organisations.letter", letter_id=letter.id), code=303)
