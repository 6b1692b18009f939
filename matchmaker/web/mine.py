"""«Mine saker»: what waits for the one who signs in, with the next step. Where sign-in lands."""

from typing import Any

from flask import render_template
from flask_login import current_user

from matchmaker.core.access import signed_in
from matchmaker.matches import board, counting
from matchmaker.matches.states import IntroductionState
from matchmaker.meetings import newcomers
from matchmaker.meetings.coming import coming
from matchmaker.meetings.wanted_after import heard, wanted
from matchmaker.meetings.wording import days
from matchmaker.organisations.models import Role
from matchmaker.organisations.queries import registrations_waiting
from matchmaker.organisations.rules import is_coordinator
from matchmaker.profiles.completeness import completeness
from matchmaker.profiles.rules import needs_confirmation
from matchmaker.web import mine_queries as queries
from matchmaker.web.pages import blueprint


@blueprint.get("/mine-saker")
@signed_in
def mine():
    departments, companies = queries.organisations(current_user, Role.DEPARTMENT), queries.organisations(current_user, Role.COMPANY)
    department = _department(departments) if departments else None
    company = _company(companies) if companies else None
    after = wanted(current_user)
    return render_template(
        "web/mine.html",
        found_in_words=counting.heading,
        coming=coming(current_user),
        wanted=after,
        days_of=days,
        department=department,
        several=len(set(departments)) > 1,
        company=company,
        waiting=_waiting(department or {}, company or {}) + len(after),
        coordinator=_coordinator() if is_coordinator(current_user) else None,
    )


def _department(organisations: list[int]) -> dict:
    return {
        "without_feedback": queries.without_feedback(organisations),
        "questions": queries.unanswered_questions(organisations),
        "to_talk_with": queries.to_talk_with(organisations),
        "introductions": queries.introductions_of_departments(organisations),
        "published": queries.published(organisations),
        "drafts": queries.drafts(organisations),
    }


def _company(organisations: list[int]) -> dict:
    profiles = queries.profiles_of(organisations)
    return {
        "profiles": [(profile, completeness(profile), needs_confirmation(profile)) for profile in profiles],
        "introductions": queries.introductions_to_companies(organisations),
        "needs": queries.fitting_needs(organisations),
        "interests": queries.interests_of(organisations),
    }


def _waiting(department: dict, company: dict) -> int:
    """How many things wait for an answer from this person's side: those that the page shows with a button for it."""
    asked = sum(1 for introduction, unread in company["introductions"].rows if unread or introduction.state == IntroductionState.SENT) if company else 0
    if not department:
        return asked
    unread = sum(1 for _introduction, unread in department["introductions"].rows if unread)
    return asked + unread + sum(len(department[each].rows) for each in ("without_feedback", "questions", "to_talk_with"))


def _coordinator() -> dict[str, Any]:
    number, event = newcomers.all_waiting()
    return {
        "uncovered": board.uncovered_needs(),
        "waiting": board.how_many_wait_too_long(),
        "registrations": registrations_waiting(),
        "newcomers": number,
        "newcomers_event": event,
        "fresh": board.how_many_are_new(),
        "undelivered": board.undelivered_letters(),
        "heard": heard(),
    }
