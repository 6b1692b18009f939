"""The pages of this room: one blueprint, one module for each thing people come to do."""

from flask import Blueprint, current_app
from flask_login import current_user

from matchmaker.challenges import rules
from matchmaker.challenges.views.words import goal_name, maturity_name, state_name, theme_name
from matchmaker.core.reference import place_name
from matchmaker.organisations.rules import is_company_member

blueprint = Blueprint("challenges", __name__)


@blueprint.context_processor
def words_and_roles() -> dict:
    """`has_page('matches.suggestions')`: whether this installation has the page, so that a template may lead to it."""
    return {
        "has_page": lambda endpoint: endpoint in current_app.view_functions,
        "may_create": rules.may_create(current_user),
        "on_behalf": rules.on_behalf,
        "is_company": is_company_member(current_user),
        "maturity_name": maturity_name,
        "place_name": place_name,
        "state_name": state_name,
        "theme_name": theme_name,
        "goal_name": goal_name,
    }


from matchmaker.challenges.views import asking, coaching, history, listing, showing, stepping, writing  # noqa: E402, F401 - each adds its routes
