"""Rows are added, taken out and moved by the names of their fields; nothing typed is read on the way."""

import pytest
from werkzeug.datastructures import MultiDict

from workflow.forms.participants import in_words, read, spelt
from workflow.forms.rows import MOST_ROWS, rearranged


def sent(asked: str, **more: str) -> MultiDict[str, str]:
    fields = {"name": "kept", "places-0-en": "one", "places-0-zh": " 一", "places-3-en": "two", "hosts-0-en": "a host"}
    return MultiDict({**fields, **more, "rows": asked})


def places(asked: str, **more: str) -> list[tuple[str, str]]:
    changed = rearranged(sent(asked, **more))
    assert changed is not None
    assert (changed["name"], changed["hosts-0-en"]) == ("kept", "a host")
    assert "rows" not in changed
    return [(key, one) for key, one in changed.items() if key.startswith("places")]


ONE = [("places-0-en", "one"), ("places-0-zh", " 一")]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("add places", [*ONE, ("places-1-en", "two"), ("places-2-", "")]),
        ("remove places 0", [("places-0-en", "two")]),
        ("remove places 1", ONE),
        ("up places 1", [("places-0-en", "two"), ("places-1-en", "one"), ("places-1-zh", " 一")]),
        ("down places 0", [("places-0-en", "two"), ("places-1-en", "one"), ("places-1-zh", " 一")]),
        ("up places 0", [*ONE, ("places-1-en", "two")]),
        ("down places 1", [*ONE, ("places-1-en", "two")]),
        ("remove places 7", [*ONE, ("places-1-en", "two")]),
    ],
)
def test_rows_are_put_as_the_button_asks(asked: str, expected: list[tuple[str, str]]) -> None:
    assert places(asked) == expected


@pytest.mark.parametrize("asked", ["", "save", "add", "add places; drop", "remove places x"])
def test_any_other_button_asks_for_no_rows(asked: str) -> None:
    assert rearranged(sent(asked)) is None


def test_a_row_begins_with_what_it_is_given() -> None:
    changed = rearranged(sent("add places"), {"en": "given"})

    assert changed is not None
    assert changed["places-2-en"] == "given"


def test_there_are_only_so_many_rows() -> None:
    many = {f"places-{number}-en": str(number) for number in range(MOST_ROWS)}

    assert len([key for key, _ in places("add places", **many) if key.endswith("-en")]) == MOST_ROWS


@pytest.mark.parametrize("separator", [" ", ", ", "\u00a0 ", "\u3000", "，", " – ", ""])
def test_a_separator_survives_its_spelling(separator: str) -> None:
    assert read(spelt(separator)) == separator


def test_separators_are_told_apart_in_words(app: object) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]  # a Flask
        words = [in_words(one) for one in (" ", ", ", "，", "\u3000", "\u00a0", "\u00a0 ", " – ")]

    assert words[-2:] == ["U+00A0 U+0020", "– (U+0020 U+2013 U+0020)"]
    assert len(set(words)) == len(words)
