"""The style page: every component in every state, in development only."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from workflow.blueprints.style import bp

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
#: These put rows of the record into `thread` and `margin`, which the page shows, and have no look of their own.
OF_THE_RECORD: Final = {"discussed.html", "noted.html"}
IMPORT: Final = re.compile(r'{% from "components/([^"]+)" import ([^%]+) %}')


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.fixture
def shown(app: Flask) -> FlaskClient:
    """A browser in front of an application that has been asked for the style page."""
    app.config["STYLE_PAGE"] = True
    if bp.name not in app.blueprints:
        app.register_blueprint(bp)
    return app.test_client()


def read(browser: FlaskClient) -> str:
    answer = browser.get("/style")
    assert answer.status_code == HTTPStatus.OK
    return answer.get_data(as_text=True)


def test_the_page_does_not_exist_unless_it_was_asked_for(shown: FlaskClient, app: Flask) -> None:
    app.config["STYLE_PAGE"] = False
    assert shown.get("/style").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("locale", "lang"), [("en", "en"), ("zh_Hans", "zh-Hans")])
def test_the_page_speaks_the_readers_language_and_keeps_the_texts_as_they_are(
    shown: FlaskClient, locale: str, lang: str
) -> None:
    shown.set_cookie("locale", locale)
    page = read(shown)
    assert f'<html lang="{lang}">' in page
    assert "各港口应至少提前30日以机器可读的形式公布潮汐表" in page
    assert "Each harbour should publish its tide tables" in page


def test_every_code_the_page_shows_is_put_into_words(shown: FlaskClient) -> None:
    page = read(shown)
    assert [
        code for code in ("ad_referendum<", "recorded_as_published", "numbered_item<", "None<") if code in page
    ] == []


def test_the_letters_of_a_deletion_stand_in_the_bracket_of_who_wants_it(shown: FlaskClient) -> None:
    page = read(shown)
    assert (
        '<abbr class="deletion" title="to be deleted">SUP</abbr><b class="letters letters--1" lang="en">US</b>' in page
    )


def test_marks_of_the_matter_stand_on_the_page_in_words(shown: FlaskClient) -> None:
    page = read(shown)
    assert "this session is fictional" in page
    assert "unofficial working translation" in page


def test_a_disabled_button_names_its_reasons(shown: FlaskClient) -> None:
    page = read(shown)
    described = page.split('disabled aria-describedby="', 1)[1].split('"', 1)[0]
    assert f'<ul class="act__obstacles" id="{described}">' in page
    assert "A bracket is still open." in page


def used(template: Path) -> Iterator[str]:
    """Yield the components of which `template` uses every macro it imports, and the components they use."""
    source = template.read_text(encoding="utf-8")
    rest = IMPORT.sub("", source)
    for component, names in IMPORT.findall(source):
        called = (name.rpartition(" as ")[2].strip() for name in names.split(","))
        if all(re.search(rf"\b{name}\(", rest) for name in called):
            yield component
            yield from used(TEMPLATES / "components" / component)


def test_every_component_is_on_the_page() -> None:
    every = {one.name for one in (TEMPLATES / "components").glob("*.html")}

    shown = {*used(TEMPLATES / "style" / "show.html"), *used(TEMPLATES / "base.html")}

    assert every - shown == OF_THE_RECORD


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_what_only_the_record_says_is_put_into_words_too(shown: FlaskClient, locale: str) -> None:
    shown.set_cookie("locale", locale)
    page: html.HtmlElement = html.fromstring(read(shown))
    cards = page.find_class("card")

    lists = [one for card in cards for one in card.findall("ul") if not one.get("class")]
    said = [" ".join(str(one.text_content()).split()) for told in lists for one in told.findall("li")]

    assert len(said) > 100
    assert [one for one in said if not one or "_" in one] == []
