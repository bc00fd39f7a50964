"""A typed text as paragraphs: what each is, is told from how it looks, and no word of it is changed."""

import pytest

from workflow.domain.bilingual import Bilingual
from workflow.domain.plain_text import Layout, Line, understood
from workflow.domain.text import ParagraphKind


def test_lines_stand_side_by_side_and_the_shorter_language_pends() -> None:
    found = understood("RULES\n\nBoth sides met.\nMore will follow.", "规则\n双方会晤。\n", Layout.APART)

    assert found == (
        Line(ParagraphKind.HEADING, Bilingual("RULES", "规则")),
        Line(ParagraphKind.NARRATIVE, Bilingual("Both sides met.", "双方会晤。")),
        Line(ParagraphKind.NARRATIVE, Bilingual("More will follow.", "")),
    )


def test_each_english_line_takes_the_chinese_after_it() -> None:
    mixed = "RULES\n规则\n只有中文。\nEnglish alone.\nBoth sides met.\n双方会晤。"

    assert [one.text for one in understood(mixed, "", Layout.IN_TURN)] == [
        Bilingual("RULES", "规则"),
        Bilingual("", "只有中文。"),
        Bilingual("English alone.", ""),
        Bilingual("Both sides met.", "双方会晤。"),
    ]
    assert [one.text.zh for one in understood("", "只有中文。\n再一段。", Layout.IN_TURN)] == ["只有中文。", "再一段。"]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("• publish rules;", ParagraphKind.BULLET, "publish rules;"),
        ("- publish rules;", ParagraphKind.BULLET, "publish rules;"),
        ("(2) Taxation.", ParagraphKind.NUMBERED_ITEM, "Taxation."),
        ("（1）税收。", ParagraphKind.NUMBERED_ITEM, "税收。"),
        ("1. Taxation.", ParagraphKind.NUMBERED_ITEM, "Taxation."),
        ("1.5 per cent is enough.", ParagraphKind.NARRATIVE, "1.5 per cent is enough."),
        ("Both sides should:", ParagraphKind.LEAD_IN, "Both sides should:"),
        ("DATA", ParagraphKind.HEADING, "DATA"),
        ("数据治理", ParagraphKind.HEADING, "数据治理"),
        ("Data governance", ParagraphKind.NARRATIVE, "Data governance"),
        ("DATA.", ParagraphKind.NARRATIVE, "DATA."),
        ("D" * 81, ParagraphKind.NARRATIVE, "D" * 81),
    ],
)
def test_what_a_line_is_shows_in_how_it_looks(line: str, kind: ParagraphKind, text: str) -> None:
    [found] = understood(line, "", Layout.IN_TURN)

    assert (found.kind, found.text.en or found.text.zh) == (kind, text)


def test_nothing_typed_is_nothing_understood() -> None:
    assert understood(" \n\u200b\n", "", Layout.APART) == ()
