"""The registers are what the public sources say."""

import csv
import json

from matchmaker.core import reference


def test_there_are_357_municipalities_in_15_counties_and_halden_is_3101():
    assert len(reference.municipalities()) == 357
    assert len(reference.counties()) == 15
    assert reference.municipalities()["3101"].name == "Halden"
    assert reference.counties()["31"] == "Østfold"


def test_there_are_17_goals_with_a_name_in_each_language():
    assert [goal.id for goal in reference.sdgs().values()] == [str(number) for number in range(1, 18)]
    assert all(goal.nb and goal.nn and goal.en for goal in reference.sdgs().values())


def test_every_narrower_theme_has_a_broader_one_that_exists():
    assert all(theme.broader in reference.themes() for theme in reference.themes().values() if theme.broader)
    assert reference.main_themes()


def test_the_register_agrees_with_the_source_beside_the_checkout(shared):
    with (shared / "reference" / "municipalities_357.csv").open(encoding="utf-8") as file:
        source = {row["number"]: row["name_no"] or row["name"] for row in csv.DictReader(file)}
    assert {each.number: each.name for each in reference.municipalities().values()} == source


def test_the_goals_agree_with_the_source_in_english_and_bokmaal_by_number(shared):
    goals = json.loads((shared / "reference" / "sdg_goals.json").read_text(encoding="utf-8"))["goals"]
    assert {str(goal["goal"]): goal["en_short"] for goal in goals} == {each.id: each.en for each in reference.sdgs().values()}
