"""Plain text: the record line by line, and what was asked to stand around it."""

import re
from pathlib import Path

import pytest

from exports.document import Language, Pair, Paragraph, ParagraphKind, Participant, ParticipantList, TextDocument
from exports.text import write_text
from tests.exports.samples import EXERCISE, agreement, paragraph

SEEDS = Path(__file__).parent.parent / "seeds"


def test_english_has_a_line_per_paragraph_and_blank_lines_between_blocks() -> None:
    assert write_text(agreement(), Language.EN) == (
        "Consensus\n\n"
        "DATA GOVERNANCE\n\n"
        'They call it "decoupling"—the U.S. and China’s two\u00a0economies.  Twice.\n\n'
        "The participants suggest:\n\n"
        "• Clear definitions.\n• Open rules.\n\n"
        "(1) All subsidies.\n\n"
        "CHINESE PARTICIPANTS\n\n"
        "ZHANG San\u00a0 Chair\nEric LI Founder\n"
    )


def test_chinese_sets_no_space_after_a_full_width_label() -> None:
    lines = write_text(agreement(), Language.ZH).splitlines()

    assert "（1）所有补贴。" in lines
    assert "• 明确定义。" in lines
    assert "张三　主席" in lines


@pytest.mark.parametrize("edition", Language)
def test_both_languages_follow_each_other_in_the_order_of_the_edition(edition: Language) -> None:
    document = agreement(edition=edition)

    assert write_text(document) == "\n".join(write_text(document, language) for language in document.languages)


def test_a_list_of_bullets_at_the_very_end_is_written() -> None:
    last = paragraph("Last.", "末。", ParagraphKind.BULLET, Pair.alike("•"))

    assert write_text(agreement(paragraphs=(last,), participant_lists=()), Language.EN) == "• Last.\n"


def test_marks_stand_first_and_only_where_given() -> None:
    marked = agreement(
        draft_mark=Pair("DRAFT Rev.2", "草案 Rev.2"),
        cover=(Pair("Dialogue", "对话"), Pair("Third session", "第三次会议")),
        notices=(EXERCISE,),
    )

    head = f"DRAFT Rev.2\n\nDialogue\nThird session\n\n{EXERCISE.text.en}\n\n"
    assert write_text(marked, Language.EN) == head + write_text(agreement(), Language.EN)


def test_a_text_that_is_not_written_yet_says_so() -> None:
    pending = agreement(paragraphs=(paragraph("Only English.", " "),), participant_lists=())

    assert write_text(pending, Language.ZH) == "[中文文本待提供]\n"


def test_an_empty_list_leaves_its_heading_alone() -> None:
    empty = ParticipantList(heading=Pair("OBSERVERS", "观察员"), participants=())

    text = write_text(agreement(participant_lists=(empty, empty)), Language.EN)

    assert text.endswith("(1) All subsidies.\n\nOBSERVERS\n\nOBSERVERS\n")


@pytest.mark.parametrize("name", ["march-2019", "december-2019"])
def test_the_published_lines_come_out_byte_for_byte(name: str) -> None:
    published = (SEEDS / f"{name}.txt").read_text("utf-8").removesuffix("\n").split("\n")

    written = write_text(_described(published), Language.EN)

    assert [line for line in written.split("\n") if line] == published


def _described(lines: list[str]) -> TextDocument:
    """Return the published `lines` taken apart the way the record holds them."""
    first_list = next(number for number, line in enumerate(lines) if line.endswith(" PARTICIPANTS"))
    lists: list[ParticipantList] = []
    for line in lines[first_list:]:
        if line.endswith(" PARTICIPANTS"):
            lists.append(ParticipantList(heading=Pair(line, ""), participants=()))
            continue
        name, separator, title = re.fullmatch(r"(\S+ \S+?)([ \u00a0]+)(.*)", line).groups()  # type: ignore[union-attr]  # else the test fails
        one = Participant(name=Pair(name, ""), separator=Pair(separator, ""), title=Pair(title, ""))
        lists[-1] = ParticipantList(heading=lists[-1].heading, participants=(*lists[-1].participants, one))
    return agreement(paragraphs=tuple(map(_paragraph, lines[:first_list])), participant_lists=tuple(lists))


def _paragraph(line: str) -> Paragraph:
    label, text = re.fullmatch(r"(?:(•|\(\d\)) )?(.*)", line).groups()  # type: ignore[union-attr]  # matches any line
    kind = {None: ParagraphKind.NARRATIVE, "•": ParagraphKind.BULLET}.get(label, ParagraphKind.NUMBERED_ITEM)
    return paragraph(text, "", kind, Pair(label or "", ""))
