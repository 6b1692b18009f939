"""The demo as a newcomer has it after a minute: loaded, read by the real model and ranked; with the food-waste need in three languages."""

import csv
import shutil
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.app import create_app
from matchmaker.challenges import content
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.services import create_challenge, publish_challenge
from matchmaker.cli import demo
from matchmaker.cli.demo_facts import address, rows
from matchmaker.core.database import db, transaction
from matchmaker.engine.documents import Document
from matchmaker.engine.matcher import Matcher
from matchmaker.matches import bridge
from matchmaker.profiles.models import Profile
from tests.journeys.food_waste import ENGLISH, NYNORSK


def demo_app(folder: Path) -> Flask:
    """An app on an empty database in `folder` that does its jobs at once with the real model."""
    database = f"sqlite:///{folder / 'demo.sqlite'}"
    settings = {"TESTING": True, "SQLALCHEMY_DATABASE_URI": database, "SECRET_KEY": "tests only", "QUEUE_IMMEDIATE": True, "RATELIMIT_ENABLED": False}
    return create_app(settings, instance_path=str(folder))


def fill() -> None:
    """Load the demo, let every job run, and publish the food-waste need in nynorsk and English beside the bokmål one."""
    db.create_all()
    assert demo.load()
    original, by = need("matsvinn"), person("oppvekst")
    for words in (NYNORSK, ENGLISH):
        with transaction():
            copy = create_challenge(organisation=original.organisation, by=by, content={**content.values(original), **words}, is_demo=True)
            db.session.flush()
            publish_challenge(challenge=copy, by=by)
    bridge.door().load()


def need(key: str) -> Challenge:
    title = next(row["title"] for row in rows("needs") if row["key"] == key)
    return db.session.scalars(select(Challenge).where(Challenge.title == title)).one()


def person(key: str) -> User:
    return db.session.scalars(select(User).where(User.email == address(key))).one()


def food_waste() -> dict[str, Challenge]:
    """The food-waste need by language."""
    others = {words["language"]: db.session.scalars(select(Challenge).where(Challenge.title == words["title"])).one() for words in (NYNORSK, ENGLISH)}
    return {"nb": need("matsvinn"), **others}


def real_profiles(shared: Path, every: int = 1) -> list[Document]:
    """Each `every`-th of the 5,706 real profiles, as an import reads them."""
    with (shared / "profiles" / "startups_5706.csv").open(encoding="utf-8", newline="") as file:
        taken = list(csv.DictReader(file))[::every]
    return [Document(f"real-{number}", f"{row['one_liner']}\n{row['description']}".strip()) for number, row in enumerate(taken)]


def matcher_with(real: list[Document], folder: Path) -> Matcher:
    """A matcher in `folder` that holds what the demo's index holds and the real profiles beside it; quick when the folder has them already."""
    if not folder.exists():
        shutil.copytree(bridge.door().folder, folder)
    matcher = Matcher.open(folder, bridge.matcher().encoder)
    matcher.upsert("offer", real)
    matcher.commit()
    return matcher


def ranks_of_totalctrl(matcher: Matcher) -> dict[str, int]:
    """Its place for the food-waste need, by the need's language."""
    wanted = str(db.session.scalars(select(Profile.id).where(Profile.name == "TotalCtrl")).one())
    asked = {language: bridge.challenge_document(each) for language, each in food_waste().items()}
    return {language: [match.id for match in matcher.rank(document, top=6000)].index(wanted) + 1 for language, document in asked.items()}
