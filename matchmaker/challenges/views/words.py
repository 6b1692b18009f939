"""What states and steps are called, and the buttons that the table of states gives."""

from dataclasses import dataclass, replace

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
    made = [_button(after, never_public=challenge.published_at is None) for after in rules.steps_from(challenge)]
    return [replace(each, reason=each.after in NEEDS_REASON or each.after == State.CHOSEN) for each in made]


def _button(after: State, *, never_public: bool) -> Button:
    final = _("Dette kan ikke gjøres om.")
    feedback = _("Alle som har svart, må ha fått tilbakemelding først.")
    match after:
        case State.PUBLISHED:
            return Button(after, "challenges.publish", _("Publiser"), "", main=True)
        case State.UNDER_EVALUATION:
            return Button(after, "challenges.evaluate", _("Gå i gang med å vurdere"), _("Da stenges det for nye svar og spørsmål."), main=True)
        case State.CHOSEN:
            return Button(after, "challenges.choose", _("Valget er gjort"), f"{feedback} {final}", main=True, final=True)
        case State.NONE_CHOSEN:
            return Button(after, "challenges.choose_none", _("Ingen ble valgt"), f"{feedback} {final}", final=True)
        case State.WITHDRAWN:
            return Button(after, "challenges.withdraw", _("Trekk tilbake"), _("Utfordringen lukkes for svar. Dere kan åpne den igjen som utkast."))
        case State.CANCELLED:
            stays = _("Det blir ikke noe av. Utfordringen blir stående med begrunnelsen.")
            return Button(after, "challenges.cancel", _("Avlys"), f"{stays} {final}", final=True)
        case State.ARCHIVED if never_public:
            return Button(after, "challenges.archive", _("Slett utkastet"), _("Utkastet flyttes til arkivet. Derfra kan dere hente det tilbake."))
        case State.ARCHIVED:
            return Button(after, "challenges.archive", _("Arkiver"), _("Utfordringen flyttes til arkivet. Andre kan fortsatt lese den."))
        case State.DRAFT:
            return Button(after, "challenges.reopen", _("Hent tilbake utkastet") if never_public else _("Åpne igjen som utkast"), "", main=True)


def theme_name(theme: str) -> str:
    found = themes().get(theme)
    return found.name if found else theme


def goal_name(goal: str) -> str:
    found = sdgs().get(goal)
    return f"{goal}. {found.name}" if found else goal


def maturity_name(level: int | None) -> str:
    return str(MATURITY.get(level or 0, ""))
