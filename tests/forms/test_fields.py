"""What people type arrives as it was typed, or is refused with a reason."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from werkzeug.datastructures import MultiDict
from wtforms import Form

from workflow import i18n
from workflow.domain.bilingual import is_blank
from workflow.forms.fields import LineField, NotBlank, NoteField, Readable, WordingField, as_typed


class _Form(Form):
    wording = WordingField("Wording", (NotBlank(),))
    counterpart = WordingField("Counterpart")
    note = NoteField("Note")
    line = LineField("Line")


@pytest.fixture(autouse=True)
def _speaking(_catalogues: None) -> Iterator[None]:
    app = Flask(__name__)
    i18n.init_app(app)
    with app.test_request_context("/"), force_locale("en"):
        yield


def errors(**typed: str) -> dict[str, list[str]]:
    form = _Form(MultiDict({"wording": "Text."} | typed))
    form.validate()
    return {name: [str(error) for error in found] for name, found in form.errors.items() if name}


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_text_comes_back_to_the_character_after_a_browser_changed_its_line_ends(text: str) -> None:
    assert as_typed(text.replace("\n", "\r\n")) == text


@pytest.mark.parametrize(
    "text",
    [
        "  led by blanks",
        "ended by blanks \n\n",
        "a\u00a0no-break space",
        "“mixed\" quotes'",
        "e\u0301",
        "案文　全角空格",
        "𠮷",
    ],
)
def test_nothing_is_trimmed_or_normalised(text: str) -> None:
    assert errors(wording=text) == {}
    assert _Form(MultiDict({"wording": text})).wording.data == text


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u3000", "\u00a0", "\u200b", "\ufeff \u2060"])
def test_where_something_must_be_written_nothing_visible_is_refused(blank: str) -> None:
    assert is_blank(blank)
    assert errors(wording=blank) == {"wording": ["Something must be written here."]}
    assert errors(counterpart=blank) == {}


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\r", "U+000D"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\ufdd0", "U+FDD0"),
        ("\uffff", "U+FFFF"),
    ],
)
@pytest.mark.parametrize("field", ["wording", "note", "line"])
def test_what_cannot_be_shown_is_refused_at_its_place(field: str, character: str, named: str) -> None:
    assert errors(**{field: f"ab{character}c"})[field] == [
        f"Character 3 ({named}) cannot be shown on paper. Please take it out."
    ]


@given(st.text())
def test_what_is_accepted_can_stand_in_a_document_and_in_the_database(text: str) -> None:
    if errors(counterpart=text):
        return
    etree.Element("t").text = as_typed(text)
    text.encode()
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("field", "most"), [("wording", 20_000), ("counterpart", 20_000), ("note", 5_000), ("line", 300)]
)
def test_the_longest_text_fits_and_one_character_more_does_not(field: str, most: int) -> None:
    assert errors(**{field: "字" * most}) == {}
    assert errors(**{field: "字" * (most + 1)})[field] == [
        f"This has {most + 1:,} characters; at most {most:,} are possible."
    ]


def test_line_ends_count_once_however_the_browser_sends_them() -> None:
    assert errors(wording="a\r\n" * 10_000) == {}


def test_a_line_is_one_line() -> None:
    assert errors(line="one\r\ntwo")["line"] == ["This must fit on one line."]


def test_faults_are_told_in_the_readers_language() -> None:
    with force_locale("zh_Hans"):
        assert errors(wording="") == {"wording": ["此处须填写内容。"]}
        assert errors(line="字" * 301)["line"] == ["此处有301个字符；至多300个。"]


def test_a_rule_without_a_form_of_its_own_reads_any_field() -> None:
    form = _Form(MultiDict({"wording": "fine"}))

    Readable()(form, form.wording)
    assert form.validate()
