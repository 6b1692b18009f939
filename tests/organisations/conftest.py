"""Cheap passwords, and the letters that came."""

import pytest
from argon2 import PasswordHasher

from matchmaker.accounts import passwords


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64))
