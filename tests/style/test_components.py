"""The parts of the face: one macro and one stylesheet each, all of them on the style page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
COMPONENTS = TEMPLATES / "components"
CSS = ROOT / "workflow" / "static" / "css"
EVERY_TEMPLATE = sorted(TEMPLATES.rglob("*.html"))
#: Writes the reading copies that a page shows as they are.
READING_COPY = ROOT / "exports" / "html.py"

#: What an answer under the strict content policy would lose, and what would let text become markup.
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "text let through unescaped": re.compile(r"\|\s*safe\b|\bautoescape\s+false\b|Markup\("),
    "an address elsewhere": re.compile(r"(?:src|href)=[\"'](?:https?:)?//"),
}


def _imports(template: Path) -> set[str]:
    return set(re.findall(r'from "components/([\w.]+)"', template.read_text()))


def _reached_from(*templates: Path) -> set[str]:
    reached: set[str] = set()
    waiting = list(templates)
    while waiting:
        new = _imports(waiting.pop()) - reached
        reached |= new
        waiting += [COMPONENTS / name for name in new]
    return reached


@pytest.mark.parametrize("template", EVERY_TEMPLATE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_holds_style_script_or_unescaped_text_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="x">',
        "<style>",
        '<a onclick="x">',
        "<script>x</script>",
        "{{ x|safe }}",
        '<img src="//example.org/x">',
    ],
)
def test_what_is_forbidden_is_recognised(text: str) -> None:
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] != []


def test_the_index_names_every_stylesheet_once_and_no_other() -> None:
    named = re.findall(r'@import url\("([^"]+)"\);', (CSS / "app.css").read_text())
    there = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"app.css"}
    assert sorted(named) == sorted(there)


def test_only_the_tokens_name_colours() -> None:
    naming = {
        str(path.relative_to(CSS))
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css" and re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", path.read_text())
    }
    assert naming == set()


def test_every_custom_property_in_use_is_a_token() -> None:
    given = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text()))
    used = {name for path in CSS.rglob("*.css") for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    assert used - given == set()


@pytest.mark.parametrize("component", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.name)
def test_a_component_begins_with_what_it_is_and_names_a_stylesheet_that_exists(component: Path) -> None:
    text = component.read_text()
    assert text.startswith("{#- ")
    missing = [name for name in re.findall(r"Styles: static/css/(\S+)", text) if not (CSS / name).is_file()]
    assert missing == []


def test_every_stylesheet_of_a_component_is_named_by_a_template() -> None:
    named = {name for path in EVERY_TEMPLATE for name in re.findall(r"Styles: static/css/(\S+)", path.read_text())}
    assert {f"components/{path.name}" for path in (CSS / "components").glob("*.css")} - named == set()


def test_every_component_that_is_drawn_stands_on_the_style_page() -> None:
    shown = _reached_from(TEMPLATES / "style" / "show.html", TEMPLATES / "base.html")
    drawn = {path.name for path in COMPONENTS.glob("*.html") if "Styles: static/css/" in path.read_text()}
    assert drawn - shown == set()


def test_no_stylesheet_draws_what_no_template_holds() -> None:
    drawn = {
        name.partition("--")[0]
        for path in CSS.rglob("*.css")
        for name in re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", path.read_text())
    }
    written = "\n".join(path.read_text() for path in (*EVERY_TEMPLATE, READING_COPY))
    assert {name for name in drawn if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", written)} == set()
