"""The description of a document refuses what could only be a mistake."""

from datetime import datetime

import pytest

from exports.document import Language, Pair, order
from tests.exports.samples import agreement


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\x00", id="null"),
        pytest.param("\x0b", id="vertical tab"),
        pytest.param("\x1f", id="unit separator"),
        pytest.param("\r", id="carriage return"),
        pytest.param("\ud800", id="half a surrogate pair"),
        pytest.param("\ufffe", id="no character"),
    ],
)
def test_a_character_that_no_document_can_carry_is_named_with_its_place(character: str) -> None:
    number = f"U\\+{ord(character):04X}"

    with pytest.raises(ValueError, match=f"character 3 of the English text, {number}, cannot be written"):
        Pair(f"ab{character}c", "")
    with pytest.raises(ValueError, match=f"character 1 of the Chinese text, {number}, cannot be written"):
        Pair("", character)


@pytest.mark.parametrize("text", ["\t", "\n", "\u00a0", "\u200b", "\ufffd", "👩🏽‍⚖️", "𠮷"])
def test_unusual_characters_that_xml_can_carry_are_taken(text: str) -> None:
    assert Pair(text, text) == Pair.alike(text)


def test_an_agreement_without_paragraphs_is_refused() -> None:
    with pytest.raises(ValueError, match="'Sample agreement' has no paragraphs"):
        agreement(paragraphs=(), participant_lists=())


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="as_of needs a time zone"):
        agreement(as_of=datetime(2019, 3, 12))  # noqa: DTZ001 -- what is refused


def test_an_edition_puts_its_own_language_first() -> None:
    assert order(Language.EN) == (Language.EN, Language.ZH)
    assert agreement(edition=Language.ZH).languages == (Language.ZH, Language.EN)
