"""States of introductions and interests, and the only steps between them."""

from enum import StrEnum


class Band(StrEnum):
    STRONG = "strong"
    POSSIBLE = "possible"
    STRETCH = "stretch"
    NONE = "none"


class IntroductionState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class InterestState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    SHORTLISTED = "shortlisted"
    CHOSEN = "chosen"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


INTRODUCTION_STEPS: dict[IntroductionState, tuple[IntroductionState, ...]] = {
    IntroductionState.SENT: (IntroductionState.ACCEPTED, IntroductionState.DECLINED, IntroductionState.EXPIRED, IntroductionState.WITHDRAWN),
    IntroductionState.ACCEPTED: (),
    IntroductionState.DECLINED: (),
    IntroductionState.EXPIRED: (IntroductionState.ACCEPTED,),
    IntroductionState.WITHDRAWN: (),
}

INTEREST_STEPS: dict[InterestState, tuple[InterestState, ...]] = {
    InterestState.DRAFT: (InterestState.SENT, InterestState.WITHDRAWN),
    InterestState.SENT: (InterestState.SHORTLISTED, InterestState.CHOSEN, InterestState.DECLINED, InterestState.WITHDRAWN),
    InterestState.SHORTLISTED: (InterestState.CHOSEN, InterestState.DECLINED, InterestState.WITHDRAWN),
    InterestState.CHOSEN: (),
    InterestState.DECLINED: (),
    InterestState.WITHDRAWN: (InterestState.DRAFT,),
}
