"""What states and steps are called, and the buttons that the table of states gives."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.challenges import rules
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import NEEDS_REASON, State
from matchmaker.core.reference import MATURITY, sdgs, themes


@dataclass(frozen=True)
class Button:
    """One step: what it is called, what it asks before it is taken, and where it posts. `main` stands out; `final` cannot be undone."""

    after: State
    endpoint: str
    label: str
    question: str
    reason: bool = False
    main: bool = False
    final: bool = False


def state_name(state: State | str) -> str:
    return {
        State.DRAFT: _("Utkast"),
        State.PUBLISHED: _("Åpen for svar"),
        State.UNDER_EVALUATION: _("Under vurdering"),
        State.CHOSEN: _("Valg er gjort"),
        State.NONE_CHOSEN: _("Ingen ble valgt"),
        State.WITHDRAWN: _("Trukket tilbake"),
        State.CANCELLED: _("Avlyst"),
        State.ARCHIVED: _("Arkivert"),
    }[State(state)]


def buttons(challenge: Challenge) -> list[Button]:
    """One for every step open to the challenge, in the order of the table."""
    never_public = challenge.published_at is None
    made = {
        State.PUBLISHED: lambda: Button(State.PUBLISHED, "challenges.publish", _("Publiser"), "", main=True),
        State.UNDER_EVALUATION: lambda: Button(
            State.UNDER_EVALUATION, "challenges.evaluate", _("Gå i gang med å vurdere"), _("Da stenges det for nye svar og spørsmål."), main=True
        ),
        State.CHOSEN: lambda: Button(
            State.CHOSEN, "challenges.choose", _("Valget er gjort"), _("Alle som har svart, må ha fått tilbakemelding først. Dette kan ikke gjøres om."), main=True, final=True
        ),
        State.NONE_CHOSEN: lambda: Button(
            State.NONE_CHOSEN, "challenges.choose_none", _("Ingen ble valgt"), _("Skriv hvorfor. Alle som har svart, må ha fått tilbakemelding først. Dette kan ikke gjøres om."), final=True
        ),
        State.WITHDRAWN: lambda: Button(
            State.WITHDRAWN, "challenges.withdraw", _("Trekk tilbake"), _("Utfordringen lukkes for svar. Dere kan åpne den igjen som utkast.")
        ),
        State.CANCELLED: lambda: Button(
            State.CANCELLED, "challenges.cancel", _("Avlys"), _("Det blir ikke noe av. Utfordringen blir stående med begrunnelsen. Dette kan ikke gjøres om."), final=True
        ),
        State.ARCHIVED: lambda: Button(
            State.ARCHIVED,
            "challenges.archive",
            _("Slett utkastet") if never_public else _("Arkiver"),
            _("Utkastet flyttes til arkivet. Derfra kan dere hente det tilbake.") if never_public else _("Utfordringen flyttes til arkivet. Andre kan fortsatt lese den."),
        ),
        State.DRAFT: lambda: Button(
            State.DRAFT, "challenges.reopen", _("Hent tilbake utkastet") if never_public else _("Åpne igjen som utkast"), "", main=True
        ),
    }  # fmt: skip
    found = [made[after]() for after in rules.steps_from(challenge)]
    return [Button(**{**vars(each), "reason": each.after in NEEDS_REASON or each.after == State.CHOSEN}) for each in found]


def theme_name(theme: str) -> str:
    found = themes().get(theme)
    return found.name if found else theme


def goal_name(goal: str) -> str:
    found = sdgs().get(goal)
    return f"{goal}. {found.name}" if found else goal


def maturity_name(level: int | None) -> str:
    return str(MATURITY.get(level or 0, ""))
