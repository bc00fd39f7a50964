"""An agreement with something of everything, and two ways to read a document back."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from lxml import etree

from exports.document import (
    NO_LABEL,
    Language,
    Notice,
    Pair,
    Paragraph,
    ParagraphKind,
    Participant,
    ParticipantList,
    TextDocument,
)
from exports.wordml import Element, w

EXERCISE = Notice(
    text=Pair("Exercise session: everything here is fictional.", "演练会议：本文件全部内容均为虚构。"),
    short=Pair("EXERCISE", "演练"),
)


def paragraph(en: str, zh: str, kind: ParagraphKind = ParagraphKind.NARRATIVE, label: Pair = NO_LABEL) -> Paragraph:
    return Paragraph(kind=kind, texts=Pair(en, zh), label=label)


PARAGRAPHS = (
    paragraph("Consensus", "共识", ParagraphKind.TITLE),
    paragraph("DATA GOVERNANCE", "数据治理", ParagraphKind.HEADING),
    paragraph(
        'They call it "decoupling"—the U.S. and China’s two\u00a0economies.  Twice.',
        "双方谈到“脱钩”——中美两国经济……10%。",
    ),
    paragraph("The participants suggest:", "与会者建议：", ParagraphKind.LEAD_IN),
    paragraph("Clear definitions.", "明确定义。", ParagraphKind.BULLET, Pair.alike("•")),
    paragraph("Open rules.", "规则公开。", ParagraphKind.BULLET, Pair.alike("•")),
    paragraph("All subsidies.", "所有补贴。", ParagraphKind.NUMBERED_ITEM, Pair("(1)", "（1）")),
)
PARTICIPANTS = ParticipantList(
    heading=Pair("CHINESE PARTICIPANTS", "中方与会人员"),
    participants=(
        Participant(name=Pair("ZHANG San", "张三"), separator=Pair("\u00a0 ", "　"), title=Pair("Chair", "主席")),
        Participant(name=Pair.alike("Eric LI"), title=Pair("Founder", "创始人")),
    ),
)


def agreement(**changes: Any) -> TextDocument:
    """Return an agreement with every kind of paragraph and a participant list."""
    usual: dict[str, Any] = {
        "name": Pair("Sample agreement", "样本共识"),
        "as_of": datetime(2019, 3, 12, 17, 30, tzinfo=UTC),
        "paragraphs": PARAGRAPHS,
        "participant_lists": (PARTICIPANTS,),
    }
    return TextDocument(**usual | changes)


def parts(package: bytes) -> Mapping[str, bytes]:
    """Return the parts of `package` by name."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(package: bytes, name: str = "word/document.xml") -> Element:
    """Return the root of the part `name` of `package`."""
    return etree.fromstring(parts(package)[name])


def rows(package: bytes) -> list[list[str]]:
    """Return the text of each cell by row, as python-docx reads it."""
    return [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(package)).tables[0].rows]


def rows_by_hand(package: bytes) -> list[list[str]]:
    """Return the text of each cell by row, read from the XML with nothing of python-docx."""
    said = {w("t"): "", w("tab"): "\t", w("br"): "\n"}
    return [
        ["".join(said[node.tag] or node.text or "" for node in cell.iter(*said)) for cell in row.findall(w("tc"))]
        for row in tree(package).iter(w("tr"))
    ]


def printed(document: TextDocument) -> list[list[str]]:
    """Return what each row of `document` should say, the row of language names left out."""
    lines = {
        language: [
            *(
                f"{one.label[language]}\t" * bool(one.label[language]) + one.texts[language]
                for one in document.paragraphs
            ),
            *(line for each in document.participant_lists for line in _list(each, language)),
        ]
        for language in document.languages
    }
    return [list(row) for row in zip(*lines.values(), strict=True)]


def _list(each: ParticipantList, language: Language) -> list[str]:
    return [
        each.heading[language],
        *(one.name[language] + one.separator[language] + one.title[language] for one in each.participants),
    ]
