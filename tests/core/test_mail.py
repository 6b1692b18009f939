"""The outbox against a real SMTP receiver: delivered once, tried again when refused, given up in the end, kept without a server."""

import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from matchmaker.core import clock, mail
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.core.queue import run_periodic


class Post:
    """A receiver that refuses the first `refusals` letters for now, then takes them."""

    def __init__(self, refusals: int = 0, answer: str = "451 try later") -> None:
        self.refusals, self.answer, self.received = refusals, answer, []

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            self.refusals -= 1
            return self.answer
        self.received.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def receiver(app):
    """`receiver(post)` serves it on a free port and sends the app's letters there."""
    controllers = []

    def serve(post: Post) -> Post:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(post, hostname="127.0.0.1", port=port)
        controller.start()
        controllers.append(controller)
        app.config["MATCHMAKER_MAIL_SERVER"] = f"127.0.0.1:{port}"
        return post

    yield serve
    app.config["MATCHMAKER_MAIL_SERVER"] = ""
    for controller in controllers:
        controller.stop()


def send(subject="Ærlig talt – møte på fjøset?", body="Hei!\n\nPasser tirsdag kl. 09.25?\n") -> Letter:
    with transaction():
        return mail.post(to="kjokken@example.test", subject=subject, body=body)


def later(**time) -> None:
    clock.fix(clock.now() + timedelta(**time))
    run_periodic(everything=True)
    db.session.expire_all()


def test_a_letter_arrives_once_with_its_norwegian_letters(receiver):
    post = receiver(Post())
    letter = send()
    ((recipients, message),) = post.received
    assert recipients == ["kjokken@example.test"]
    assert message["Subject"] == "Ærlig talt – møte på fjøset?"
    assert message.get_content().replace("\r\n", "\n") == "Hei!\n\nPasser tirsdag kl. 09.25?\n"
    assert (letter.state, letter.attempts) == ("sent", 1)
    later(hours=1)
    assert len(post.received) == 1


def test_what_is_attached_arrives_whole_under_its_name_and_kind(receiver):
    post = receiver(Post())
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Møte på fjøset\r\nEND:VCALENDAR\r\n"
    with transaction():
        mail.post(to="kjokken@example.test", subject="Hei", body="Hei!\n", attached=[mail.Attachment("møte-1.ics", "text/calendar; method=REQUEST", calendar)])
    ((_recipients, message),) = post.received
    body, part = message.iter_parts()
    assert body.get_content().strip() == "Hei!"
    assert (part.get_content_type(), part["Content-Type"].params["method"], part.get_filename()) == ("text/calendar", "REQUEST", "møte-1.ics")
    assert part.get_content().replace("\r\n", "\n") == calendar.replace("\r\n", "\n")


def test_a_server_that_refuses_at_first_gets_it_on_the_next_try(receiver):
    post = receiver(Post(refusals=1))
    letter = send()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert "451" in letter.error
    assert letter.next_try_at > clock.now()
    later(seconds=30)
    assert post.received == []
    later(minutes=2)
    assert (letter.state, letter.attempts, letter.error) == ("sent", 2, "")
    assert len(post.received) == 1


def test_a_server_that_is_away_is_tried_later_and_the_act_stands(app):
    app.config["MATCHMAKER_MAIL_SERVER"] = "127.0.0.1:1"
    try:
        letter = send()
        assert letter.state == "waiting"
        assert letter.attempts == 1
    finally:
        app.config["MATCHMAKER_MAIL_SERVER"] = ""


def test_a_letter_is_given_up_after_six_tries(receiver):
    receiver(Post(refusals=99))
    letter = send()
    for _ in range(8):
        later(days=1)
    assert (letter.state, letter.attempts) == ("failed", 6)


def test_without_a_server_the_letter_is_kept(app):
    assert send().state == "kept"


def test_a_letter_of_an_undone_act_never_leaves(receiver):
    post = receiver(Post())

    @transaction()
    def act_that_fails():
        mail.post(to="a@example.test", subject="Hei", body="Hei")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()
    assert post.received == []
    assert db.session.scalars(select(Letter)).all() == []


def test_a_subject_cannot_add_headers(receiver):
    post = receiver(Post())
    send(subject="Hei\r\nBcc: alle@example.test\nX: y")
    ((recipients, message),) = post.received
    assert recipients == ["kjokken@example.test"]
    assert message["Subject"] == "Hei Bcc: alle@example.test X: y"
    assert message["Bcc"] is None


def test_letters_are_deleted_when_they_are_old_and_wait_for_nothing(app):
    start = clock.now()
    for days in (91, 89):
        clock.fix(start - timedelta(days=days))
        with transaction():
            for state in ("sent", "failed", "kept", "waiting"):
                db.session.add(Letter(recipient="a@example.test", subject=f"{state} {days}", body="Hei", state=state, sent_at=clock.now() if state == "sent" else None))
    clock.fix(start)
    run_periodic(everything=True)
    assert sorted(db.session.scalars(select(Letter.subject))) == ["failed 89", "kept 89", "sent 89", "waiting 89", "waiting 91"]


def test_a_letter_that_waited_long_is_kept_from_the_day_it_was_sent(app):
    start = clock.now()
    with transaction():
        db.session.add(Letter(recipient="a@example.test", subject="Hei", body="Hei", state="sent", created_at=start - timedelta(days=100), sent_at=start - timedelta(days=80)))
    mail.forget_old_letters()
    assert len(db.session.scalars(select(Letter)).all()) == 1
