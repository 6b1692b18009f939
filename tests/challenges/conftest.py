"""What the tests of challenges share."""

from datetime import timedelta

import pytest

from matchmaker.challenges import rules
from matchmaker.core import events
from matchmaker.core.clock import today


@pytest.fixture
def ready() -> dict:
    """Everything publishing takes, as content."""
    return {
        "title": "Mindre mat i søpla", "need": "Kokkene kaster 120 kilo mat i uka fordi ingen vet hva som står på lager.", "affected": "Kokker på to sykehjem.",
        "effect": "Vi vil halvere det vi kaster.", "answers_due": today() + timedelta(days=60), "contact_email": "kjokken@example.test",
    }  # fmt: skip


@pytest.fixture
def posted(ready) -> dict:
    """The same as a browser posts it."""
    return {**ready, "answers_due": ready["answers_due"].isoformat(), "language": "nb", "token": "abcdefghijkl", "version": ""}


@pytest.fixture
def heard(monkeypatch):
    """Every event announced during the test, in order; nobody else hears them."""
    told: list = []

    class Everything(dict):
        def __getitem__(self, kind):
            return [told.append]

    monkeypatch.setattr(events, "_receivers", Everything())
    return told


@pytest.fixture
def object_to_closing(monkeypatch):
    """`object_to_closing("sentence")`: a room above objects, for this test."""
    functions: list = []
    monkeypatch.setattr(rules, "_objections", functions)
    return lambda *sentences: rules.register_closing_objection(lambda challenge: sentences)
