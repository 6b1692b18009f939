"""Headers, CSRF and errors as a browser meets them."""

import pytest

from matchmaker.app import create_app
from matchmaker.core.database import db


def test_every_answer_carries_a_strict_policy_and_the_other_headers(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_that_is_not_there_helps_in_norwegian(client):
    answer = client.get("/finnes-ikke")
    assert answer.status_code == 404
    assert "<h1" in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_an_unexpected_error_shows_a_reference_and_no_trace(tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "PROPAGATE_EXCEPTIONS": False, "MATCHMAKER_MODEL": "twin"}, instance_path=str(tmp_path))

    def broken():
        raise ZeroDivisionError("hemmelig")

    broken.access_rule = "public"
    app.add_url_rule("/broken", view_func=broken)
    with app.app_context():
        db.create_all()
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "hemmelig" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/logg-inn", "/utfordringer/ny"])
def test_a_post_without_a_token_is_refused_with_a_page_that_says_what_to_do(tmp_path, path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "MATCHMAKER_MODEL": "twin"}, instance_path=str(tmp_path))
    with app.app_context():
        db.create_all()
    answer = app.test_client().post(path, data={"email": "a@example.test"})
    assert answer.status_code == 400


def test_how_long_the_server_worked_is_told_only_where_the_configuration_asks(client, tmp_path):
    settings = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "MATCHMAKER_MODEL": "twin", "MATCHMAKER_TIMING": True}
    timed = create_app(settings, instance_path=str(tmp_path)).test_client()
    assert "Server-Timing" not in client.get("/om").headers
    name, _, duration = timed.get("/om").headers["Server-Timing"].partition(";dur=")
    assert (name, float(duration) >= 0) == ("app", True)
