"""Who may do what with a challenge, and what stands in the way: predicates that work on unsaved objects."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from matchmaker.challenges import coach
from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.states import OPEN, PUBLIC, STEPS, State
from matchmaker.core.clock import today
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.rules import belongs_to, is_company_member, is_coordinator, is_department_member, may_speak_for

EDITABLE = frozenset({State.DRAFT, State.PUBLISHED})
ENDED = frozenset({State.CHOSEN, State.NONE_CHOSEN, State.WITHDRAWN, State.CANCELLED, State.ARCHIVED})
CLOSING = frozenset({State.CHOSEN, State.NONE_CHOSEN})

_objections: list[Callable[[Challenge], Iterable[str]]] = []


def register_closing_objection(function: Callable[[Challenge], Iterable[str]]):
    """Let a room above object to closing: `function(challenge)` yields sentences for people, none when all is well. Usable as a decorator."""
    if function not in _objections:
        _objections.append(function)
    return function


def closing_objections(challenge: Challenge) -> list[str]:
    """Why the challenge cannot be closed yet, in the language of the one who reads; empty when nothing stands in the way."""
    return [sentence for function in _objections for sentence in function(challenge)]


def steps_from(challenge: Challenge) -> tuple[State, ...]:
    """The steps open to this challenge: the table's, except that what has been public is not made a draft again once archived."""
    state = State(challenge.state)
    return tuple(after for after in STEPS[state] if not (state == State.ARCHIVED and challenge.published_at is not None))


def is_public(challenge: Challenge) -> bool:
    return State(challenge.state) in PUBLIC and challenge.published_at is not None


def is_owner(user, challenge: Challenge) -> bool:
    """A member of the challenge's organisation, or a coordinator on its behalf."""
    return may_speak_for(user, challenge.organisation)


def on_behalf(user, organisation: Organisation) -> int | None:
    """The organisation's id when the person acts for it without belonging to it; for the audit."""
    return None if user is None or belongs_to(user, organisation) else organisation.id


def may_create(user) -> bool:
    return is_department_member(user) or is_coordinator(user)


def may_create_for(user, organisation: Organisation | None) -> bool:
    return may_create(user) and organisation is not None and organisation.kind == Kind.MUNICIPALITY and may_speak_for(user, organisation)


def may_see(user, challenge: Challenge) -> bool:
    return is_public(challenge) or is_owner(user, challenge)


def may_see_history(user, challenge: Challenge) -> bool:
    """What has been public has a public history, while it is public."""
    return may_see(user, challenge)


def may_edit(user, challenge: Challenge) -> bool:
    return is_owner(user, challenge) and State(challenge.state) in EDITABLE


def may_autosave(user, challenge: Challenge) -> bool:
    """Drafts alone: what is public changes only when somebody presses a button."""
    return may_edit(user, challenge) and State(challenge.state) == State.DRAFT


def may_copy(user, challenge: Challenge) -> bool:
    """One's own, and as a starting point what another municipality has published."""
    return may_create(user) and may_see(user, challenge)


def _may_step(user, challenge: Challenge, after: State) -> bool:
    return is_owner(user, challenge) and after in steps_from(challenge)


def may_publish(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.PUBLISHED)


def may_withdraw(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.WITHDRAWN)


def may_cancel(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.CANCELLED)


def may_start_evaluation(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.UNDER_EVALUATION)


def may_choose(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.CHOSEN)


def may_choose_none(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.NONE_CHOSEN)


def may_archive(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.ARCHIVED)


def may_reopen(user, challenge: Challenge) -> bool:
    return _may_step(user, challenge, State.DRAFT)


def takes_questions(challenge: Challenge) -> bool:
    """Open, and no later than the last day for questions (else the last day for answers; without either, as long as it is open)."""
    last = challenge.questions_due or challenge.answers_due
    return State(challenge.state) in OPEN and (last is None or today() <= last)


def takes_answers(challenge: Challenge) -> bool:
    """Open, and no later than the last day for answers."""
    return State(challenge.state) in OPEN and (challenge.answers_due is None or today() <= challenge.answers_due)


def may_ask(user, challenge: Challenge) -> bool:
    return is_company_member(user) and takes_questions(challenge)


def may_answer(user, question: Question) -> bool:
    """The department answers, and may mend an answer, for as long as the challenge is shown."""
    return is_owner(user, question.challenge) and State(question.challenge.state) not in {State.DRAFT, State.ARCHIVED}


NEEDED = ("title", "need", "affected", "effect", "answers_due", "contact_email")
TOLD = frozenset({"affected", "effect"})
"""Of those, what may as well be told in the text around; the coach says whether it is."""
PAIRS = (("questions_due", "answers_due"), ("test_from", "test_to"), ("budget_from", "budget_to"))
WEIGHED = frozenset(NEEDED) | {name for pair in PAIRS for name in pair} | {*coach.READS, "language"}


def missing_for_publishing(challenge: Challenge) -> dict[str, str]:
    """Field → what is wrong: "empty", "past" (a day, or a test period, gone by) or "order" (the first of two stands after the second). {} when ready."""
    return missing_in({name: getattr(challenge, name) for name in WEIGHED})


def missing_in(values: Mapping[str, Any]) -> dict[str, str]:
    """The same for values not yet written. Fields that are left out count as empty."""
    untold = coach.untold({name: values.get(name) for name in coach.READS}, values.get("language") or "nb")
    missing = {name: "empty" for name in NEEDED if (name in untold if name in TOLD else not values.get(name))}
    last_test_day = "test_to" if values.get("test_to") else "test_from"
    for name in ("questions_due", "answers_due", last_test_day):
        day = values.get(name)
        if day is not None and day < today():
            missing[name] = "past"
    for first, second in PAIRS:
        before, after = values.get(first), values.get(second)
        if before is not None and after is not None and before > after:
            missing.setdefault(second if first != "questions_due" else first, "order")
    return missing
