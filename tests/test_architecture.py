"""The promises about the code itself that a machine can keep."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from workflow.domain.changes import Change
from workflow.domain.closing import Cause
from workflow.domain.concordance import SignCode
from workflow.domain.confirmations import Ground
from workflow.domain.negotiation import Refusal, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind, Tag
from workflow.domain.waiting import Wait
from workflow.models import Disposition, Entered, Outcome
from workflow.permissions import Role

ROOT: Final = Path(__file__).resolve().parent.parent
BLUEPRINTS: Final = sorted((ROOT / "workflow" / "blueprints").glob("[a-z]*.py"))
TEMPLATES: Final = sorted((ROOT / "templates").rglob("*.html"))
SOURCES: Final = sorted(path for folder in ("workflow", "exports") for path in (ROOT / folder).rglob("*.py"))

#: Views whose templates Flask-Security renders, or that every blueprint's refusals end in.
RENDERED_ELSEWHERE: Final = {"accounts", "components"}


def calls(module: Path, function: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    ]


@pytest.mark.parametrize("module", BLUEPRINTS, ids=lambda path: path.stem)
def test_a_blueprint_renders_only_its_own_templates_and_all_of_them(module: Path) -> None:
    named = set(re.findall(r'"([a-z_]+/[a-z_]+\.html)"', module.read_text()))
    folder = ROOT / "templates" / module.stem

    assert named == {f"{module.stem}/{page.name}" for page in folder.glob("*.html")}


def test_no_folder_of_templates_is_without_its_blueprint() -> None:
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}

    assert folders - RENDERED_ELSEWHERE <= {module.stem for module in BLUEPRINTS}


@pytest.mark.parametrize("component", sorted((ROOT / "templates" / "components").glob("*.html")), ids=lambda p: p.stem)
def test_a_component_is_used_by_some_page(component: Path) -> None:
    importing = [page for page in TEMPLATES if f'"components/{component.name}"' in page.read_text()]
    asked_for = [path for path in SOURCES if f'"components/{component.name}"' in path.read_text()]

    assert [page for page in importing if page != component] or asked_for


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_escapes_everything_and_asks_nobody_for_their_role(page: Path) -> None:
    text = page.read_text()

    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text
    if page.parent.name not in {"components", "style"}:
        assert not re.search(r"\b(role|stage)\s*(==|!=|in\b)", text), "what is allowed is asked of the policy"


@pytest.mark.parametrize("folder", ["services", "models", "domain"])
def test_only_routes_and_commands_commit(folder: str) -> None:
    guilty = [
        path.name
        for path in (ROOT / "workflow" / folder).rglob("*.py")
        if re.search(r"\.(commit|rollback)\(", path.read_text())
    ]

    assert guilty == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_say_what_a_thing_is(path: Path) -> None:
    vague = {"utils", "helpers", "common", "manager", "misc"}
    functions = [node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]

    assert path.stem not in vague
    theirs = {"process_bind_param", "process_result_value"}  # SQLAlchemy's names
    assert not [
        name for name in functions if name.lstrip("_").startswith(("handle_", "process_")) and name not in theirs
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_old_ways_of_the_database_library_are_not_used(path: Path) -> None:
    text = path.read_text()

    assert ".query(" not in text
    assert "backref" not in text
    assert "create_all" not in text, "the schema comes from migrations"


@pytest.mark.parametrize(
    ("component", "codes"),
    [
        ("refusal", Refusal),
        ("standing", Standing),
        ("stance", Stance),
        ("role", Role),
        ("outcome", Outcome),
        ("disposition", Disposition),
        ("cause", Cause),
        ("change", Change),
        ("ground", Ground),
        ("waits", Wait),
        ("sign", SignCode),
        ("entry", Entered),
        ("kind", ParagraphKind),
        ("kind", Tag),
    ],
)
@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_every_code_has_its_own_words_in_both_interface_languages(
    app: Flask, component: str, codes: type[Refusal], locale: str
) -> None:
    macros = {
        "refusal": "refusal_text",
        "entry": "entry_text",
        "waits": "wait_word",
    }
    name = macros.get(component, f"{component}_word")
    with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
        from flask import get_template_attribute  # noqa: PLC0415 -- needs the context above

        word = get_template_attribute(f"components/{component}.html", name)
        argument = {"said": {"number": "1", "stance": "agree", "wording": "1", "rev": "1", "disposition": "kept"}}
        words = [str(word({"act": code, **argument} if component == "entry" else code)).strip() for code in codes]

    assert all(words), f"no words for {[code for code, said in zip(codes, words, strict=True) if not said]}"
    assert len(set(words)) == len(words), "two codes that read the same"
    if locale == "zh_Hans":
        assert all(re.search("[\u4e00-\u9fff]", said) for said in words), words


def test_every_command_users_meet_is_in_the_docs() -> None:
    commands = re.findall(r'(?:[^.]command|add_parser)\("([a-z]+)"', (ROOT / "workflow" / "cli.py").read_text())
    told = (ROOT / "docs" / "command-line.md").read_text()

    assert {"serve", "demo", "load", "dump", "list", "verify", "export", "user", "migrate", "check"} <= set(commands)
    assert [name for name in commands if f"workflow {name}" not in told and f"user {name}" not in told] == []


def test_every_page_users_meet_is_in_the_guide(app: Flask) -> None:
    told = (ROOT / "docs" / "guide.md").read_text()
    paths = {
        re.sub(r"<uuid:([a-z_]+)>", r"<\1>", rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint.split(".")[0] in {path.stem for path in BLUEPRINTS}
    }

    assert sorted(path for path in paths if f"`{path}`" not in told) == []


def test_the_words_of_the_code_are_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    words = {
        re.sub(r"(?<!^)(?=[A-Z])", " ", node.name).lower()
        for path in (ROOT / "workflow" / "models").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Base" for base in node.bases)
    }

    assert sorted(word for word in words if f"**{word}**" not in glossary) == []
