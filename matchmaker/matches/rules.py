"""Who may introduce, answer, write, show interest and give feedback. Predicates on a person and one object, saved or not."""

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.matches.models import Interest, Introduction
from matchmaker.matches.states import INTEREST_STEPS, INTRODUCTION_STEPS, InterestState, IntroductionState
from matchmaker.organisations.rules import belongs_to, is_company_member, is_coordinator, may_speak_for
from matchmaker.profiles.models import Profile

CONVERSING = frozenset({IntroductionState.SENT, IntroductionState.ACCEPTED})
UNANSWERED = frozenset({InterestState.SENT, InterestState.SHORTLISTED})
ANSWERABLE = frozenset({State.PUBLISHED, State.UNDER_EVALUATION})


def speaks_for_need(user, challenge: Challenge) -> bool:
    """The department that owns the need, and coordinators."""
    return may_speak_for(user, challenge.organisation)


def speaks_for_offer(user, profile: Profile) -> bool:
    """The company, and coordinators on its behalf."""
    return may_speak_for(user, profile.organisation)


def chooses(user, pair) -> bool:
    """Shortlist, dismiss, compare and read the suggestions of a need: the department that owns it, and coordinators."""
    return speaks_for_need(user, pair.challenge)


def weighs(user, pair) -> bool:
    """The company's own side of a pair: its profile is listed, and the person speaks for it."""
    return speaks_for_offer(user, pair.profile) and pair.profile.listed


def may_introduce(user, pair) -> bool:
    """`pair` has .challenge and .profile. The need is published, the profile listed, and the person speaks for the need."""
    return speaks_for_need(user, pair.challenge) and State(pair.challenge.state) in ANSWERABLE and pair.profile.listed


def side_of(user, introduction: Introduction) -> str | None:
    """need, offer or coordinator; None for everybody else. Members of both sides count as the need's."""
    if belongs_to(user, introduction.challenge.organisation):
        return "need"
    if belongs_to(user, introduction.profile.organisation):
        return "offer"
    return "coordinator" if is_coordinator(user) else None


def may_see_introduction(user, introduction: Introduction) -> bool:
    return side_of(user, introduction) is not None


def answers_introduction(user, introduction: Introduction) -> bool:
    """The company's members, and coordinators on their behalf: whatever the state."""
    return speaks_for_offer(user, introduction.profile)


def owns_introduction(user, introduction: Introduction) -> bool:
    return speaks_for_need(user, introduction.challenge)


def may_accept(user, introduction: Introduction) -> bool:
    """Also after it ran out, as long as the need is open or being weighed."""
    return answers_introduction(user, introduction) and may_become(introduction, IntroductionState.ACCEPTED) and still_wanted(introduction)


def still_wanted(introduction: Introduction) -> bool:
    return State(introduction.challenge.state) in ANSWERABLE


def may_decline(user, introduction: Introduction) -> bool:
    return answers_introduction(user, introduction) and may_become(introduction, IntroductionState.DECLINED)


def may_withdraw(user, introduction: Introduction) -> bool:
    return owns_introduction(user, introduction) and may_become(introduction, IntroductionState.WITHDRAWN)


def may_write(user, introduction: Introduction) -> bool:
    """Both sides write while the introduction waits for an answer or has been accepted."""
    return may_see_introduction(user, introduction) and IntroductionState(introduction.state) in CONVERSING


def may_become(introduction: Introduction, after: IntroductionState) -> bool:
    return after in INTRODUCTION_STEPS[IntroductionState(introduction.state)]


def may_see_interest(user, interest: Interest) -> bool:
    """The company always; the department once it has been sent; coordinators always."""
    if speaks_for_offer(user, interest.profile):
        return True
    return speaks_for_need(user, interest.challenge) and was_sent(interest)


def writes_interest(user, interest: Interest) -> bool:
    return speaks_for_offer(user, interest.profile)


def judges_interest(user, interest: Interest) -> bool:
    return speaks_for_need(user, interest.challenge) and was_sent(interest)


def interest_may_become(interest: Interest, after: InterestState) -> bool:
    return after in INTEREST_STEPS[InterestState(interest.state)]


def was_sent(interest: Interest) -> bool:
    """The department has had it in its hands; a draft taken back before that stays the company's own."""
    return interest.sent_at is not None and InterestState(interest.state) != InterestState.DRAFT


def lacks_feedback(interest: Interest) -> bool:
    return InterestState(interest.state) in UNANSWERED


def may_show_interest(user, challenge: Challenge) -> bool:
    """Companies for themselves, coordinators on their behalf, while the need is open or being weighed."""
    return (is_company_member(user) or is_coordinator(user)) and State(challenge.state) in ANSWERABLE


def reads_interests(user, challenge: Challenge) -> bool:
    """The department sees who answered its need for as long as the need is kept."""
    return speaks_for_need(user, challenge) and State(challenge.state) != State.DRAFT


def may_recommend(user, pair) -> bool:
    """Coordinators, as long as the need is open or being weighed and the profile listed."""
    return is_coordinator(user) and State(pair.challenge.state) in ANSWERABLE and pair.profile.listed


def takes_back_recommendations(user, pair) -> bool:
    return is_coordinator(user)
