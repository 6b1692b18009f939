"""Configuration by environment, file and default."""

import pytest

from matchmaker.app import create_app


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path, monkeypatch):
    (tmp_path / "config.py").write_text("MATCHMAKER_MAIL_FROM = 'fil@example.test'\nMATCHMAKER_MODEL = 'fra-fil'\n")
    monkeypatch.setenv("MATCHMAKER_MODEL", "fra-miljo")
    config = create_app(instance_path=str(tmp_path)).config
    assert (config["MATCHMAKER_MAIL_FROM"], config["MATCHMAKER_MODEL"]) == ("fil@example.test", "fra-miljo")


def test_a_number_that_is_none_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("MATCHMAKER_PROXIES", "to")
    with pytest.raises(ValueError, match="MATCHMAKER_PROXIES must be a whole number"):
        create_app(instance_path=str(tmp_path))


def test_the_secret_is_made_once_and_readable_by_the_owner_alone(tmp_path):
    first = create_app(instance_path=str(tmp_path)).config["SECRET_KEY"]
    assert create_app(instance_path=str(tmp_path)).config["SECRET_KEY"] == first
    assert len(first) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_every_spelling_of_a_postgresql_address_gets_the_driver(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    assert create_app(instance_path=str(tmp_path)).config["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u@h/d"
