"""Why a verb of this room says no. Nothing is changed when one of these is raised."""

from matchmaker.challenges.states import State


class NotReady(Exception):
    """Publishing a challenge that lacks something. `missing`: field → code, see `rules.missing_for_publishing`."""

    def __init__(self, missing: dict[str, str]):
        super().__init__(", ".join(f"{field}: {code}" for field, code in missing.items()))
        self.missing = missing


class EditedMeanwhile(Exception):
    """Saving on another version than the newest: somebody else saved in between."""


class StepRefused(Exception):
    """A step that the table of states does not have, or that somebody objects to. `objections`: sentences for people, maybe none."""

    def __init__(self, before: State, after: State, objections: list[str] | None = None):
        super().__init__(f"{before} → {after}")
        self.objections = objections or []


class ReasonMissing(Exception):
    """Ending a challenge without a word why."""


class QuestionsClosed(Exception):
    """Asking after the last day for questions, or about a challenge that is not open."""
