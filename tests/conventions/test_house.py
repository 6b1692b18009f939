"""The house itself: every route has a rule and a title, templates parse, models equal migrations, catalogues are complete, the words are true."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from jinja2 import nodes

from matchmaker import config
from matchmaker.app import create_app
from matchmaker.cli import catalogues
from matchmaker.core.database import db
from matchmaker.core.pieces import described

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "matchmaker").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_the_import_law_holds():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports"), "--config", "setup.cfg"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_route_carries_an_access_rule(app):
    bare = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "access_rule")]
    assert bare == []


def test_every_template_parses(app):
    for path in TEMPLATES:
        app.jinja_env.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("pattern", [r"<script(?![^>]*\bsrc=)", r"\sstyle=", r"\son[a-z]+=", r"\|\s*safe\b", r"javascript:"])
def test_no_template_has_inline_script_or_style_or_unescaped_output(pattern):
    offenders = [path.relative_to(ROOT).as_posix() for path in TEMPLATES if re.search(pattern, path.read_text(encoding="utf-8"))]
    assert offenders == []


def test_every_letter_greets_and_is_signed_in_one_way():
    letters = [path for path in (ROOT / "templates").glob("*/letters/*.txt") if path.name != "next_best.txt"]  # a part of others
    assert letters
    wrong = [path.name for path in letters if not re.search(r"_\('Hei(, %\(name\)s)?'", text := path.read_text(encoding="utf-8")) or "_('Hilsen Matchmaker')" not in text[-120:]]
    assert wrong == []


def test_every_form_that_posts_carries_a_csrf_token():
    bare = []
    for path in TEMPLATES:
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.S | re.I):
            if "csrf" not in form and "hidden_tag" not in form:
                bare.append(path.relative_to(ROOT).as_posix())
    assert bare == []


def test_every_room_opens_with_its_law():
    bare = [path.relative_to(ROOT).as_posix() for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) and "versions" not in path.parts]
    assert bare == []


def test_no_room_has_grown_beyond_15_kilobytes():
    assert [path.name for path in SOURCES if path.stat().st_size > 15_000 and "versions" not in path.parts] == []


def test_the_catalogues_are_complete_and_current():
    wanted = {message.id for message in catalogues.collected() if message.id}
    for language in catalogues.LANGUAGES:
        catalogue = catalogues.read(language)
        have = {message.id for message in catalogue if message.id and all(message.string if isinstance(message.string, tuple) else [message.string])}
        assert wanted - have == set(), f"{language}: missing"
        assert [message.id for message in catalogue if message.id and message.fuzzy] == [], f"{language}: left out of what is compiled"
        assert {message.id for message in catalogue if message.id} - wanted == set(), f"{language}: no longer used"


def test_no_imported_template_keeps_the_language_of_whoever_came_first(app):
    """What stands outside the macros of an import without context is worked out once for all readers; words go within."""
    trees = {path.relative_to(ROOT / "templates").as_posix(): app.jinja_env.parse(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    imports = [each for tree in trees.values() for each in tree.find_all((nodes.Import, nodes.FromImport)) if not each.with_context]
    outside = {name: lines for name in sorted({each.template.value for each in imports}) if (lines := worked_out_once(trees[name]))}
    assert len(imports) > 50
    assert outside == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{% set words = _('Hei') %}", [1]),
        ("{% set words %}{{ _('Hei') }}{% endset %}", [1]),
        ("{% if true %}\n{% set words = _('Hei') %}{% endif %}", [2]),
        ("{% for each in [1] %}\n{% set words = [_('Hei')] %}\n{% endfor %}", [2]),
        ("{% set number = 3 %}{% macro said() %}{% set words = _('Hei') %}{{ words }}{% endmacro %}", []),
    ],
)
def test_what_an_imported_template_works_out_is_found_however_deep_it_stands(app, text, lines):
    assert worked_out_once(app.jinja_env.parse(text)) == lines


def worked_out_once(part: nodes.Node) -> list[int]:
    """The lines of the calls that an import makes: all that stand in no macro."""
    found = [part.lineno] if isinstance(part, nodes.Call) else []
    return found + [line for child in part.iter_child_nodes() if not isinstance(child, nodes.Macro) for line in worked_out_once(child)]


def test_translations_keep_the_placeholders_of_the_text():
    for language in catalogues.LANGUAGES:
        for message in catalogues.read(language):
            if not message.id:
                continue
            texts = message.string if isinstance(message.string, tuple) else [message.string]
            originals = message.id if isinstance(message.id, tuple) else [message.id]
            allowed = {name for text in originals for name in re.findall(r"%\((\w+)\)", text)}
            needed = set.intersection(*({name for name in re.findall(r"%\((\w+)\)", text)} for text in originals))
            for text in texts:
                names = set(re.findall(r"%\((\w+)\)", text))
                assert needed <= names <= allowed, (language, message.id, text)


def kept_beside(connection) -> set[str]:
    """What no model can be compared with: the triggers and virtual tables of SQLite."""
    if connection.dialect.name != "sqlite":
        return set()
    return set(connection.scalars(sqlalchemy.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%'")))


def test_the_migrations_make_what_the_models_say_and_go_back(database, tmp_path):
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": database}, instance_path=str(tmp_path))
    with app.app_context():
        db.drop_all()
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": described})
            assert compare_metadata(context, db.metadata) == []
            migrated = kept_beside(connection)
        downgrade(revision="base")
        db.create_all()
        with db.engine.connect() as connection:
            assert kept_beside(connection) == migrated
        db.engine.dispose()


def test_every_list_that_a_model_holds_comes_in_an_order_of_its_own(app):
    lists = [relation for mapper in db.Model.registry.mappers for relation in mapper.relationships if relation.uselist]
    assert lists
    assert [str(relation) for relation in lists if not relation.order_by] == [], "a database gives rows in any order it likes"


def test_migrations_carry_dated_names():
    names = [path.name for path in (ROOT / "matchmaker" / "migrations" / "versions").glob("*.py")]
    assert names
    assert all(re.fullmatch(r"20\d\d_\d\d_\d\d_[a-z0-9_]+\.py", name) for name in names)


def test_the_readme_lists_every_configuration_key_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.M))
    assert listed == {key.env for key in config.KEYS.values()}


def test_the_commands_the_readme_names_exist(app):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"flask --app wsgi ((?:[a-z]+ ?){1,2})", readme)
    assert named
    for words in named:
        command = app.cli
        for word in words.split():
            found = command.commands.get(word) if hasattr(command, "commands") else None
            assert found is not None or command is not app.cli, f"flask {words}"
            command = found or command


def test_the_project_speaks_of_itself_alone():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    offenders = []
    for name in filter(None, names):
        path = ROOT / name
        if path.suffix in {".woff2", ".png", ".npz", ".npy"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        if re.search(r"registry\.npm|pypi\.org|files\.pythonhosted|deb\.debian|/wo[r]k/|hugging[f]ace\.co", text):
            offenders.append(name)
    assert offenders == []
