"""Every document in every layout: what it says, read back by readers that are not ours, and what it does not tell."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from lxml import html as lxml_html

from exports import (
    Change,
    Column,
    Comment,
    House,
    Language,
    Layout,
    Origin,
    Pair,
    Paper,
    Paragraph,
    ParagraphKind,
    Redline,
    Span,
    TableDocument,
    TextDocument,
    Words,
    faults,
    fragment,
    write_docx,
    write_html,
    write_table,
    write_table_text,
    write_text,
)
from exports.docx_text import numeral
from exports.frame import MARK_DISTANCE, MARK_GAP
from exports.wordml import Element, w
from tests.exports.samples import EXERCISE, PARTICIPANTS, agreement, paragraph, parts, tree

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
DRAFT = Pair("DRAFT Rev.1", "草案 Rev.1")
OURS = Pair("Internal to the U.S. delegation", "美方代表团内部文件")

REWORDED = Redline(
    en=(Span("Both sides "), Span("may", Change.DELETED), Span("should", Change.INSERTED), Span(" publish.")),
    zh=(Span("双方"), Span("可以", Change.DELETED), Span("应当", Change.INSERTED), Span("公布。")),
    author="U.S. delegation",
    at=AT,
)
ADDED = Redline(
    en=(Span("A new rule.", Change.INSERTED),),
    zh=(Span("新的规则。", Change.INSERTED),),
    author="Chinese delegation",
    at=AT,
    whole=Change.INSERTED,
)
GONE = Redline(
    en=(Span("An old\trule.", Change.DELETED),),
    zh=(Span("旧的规则。", Change.DELETED),),
    author="Chinese delegation",
    at=AT,
    whole=Change.DELETED,
)


def rich(**changes: object) -> TextDocument:
    """Return a text with everything that can hang on a paragraph but a redline."""
    return agreement(
        **{
            "paragraphs": (
                paragraph("ONE", "其一", ParagraphKind.HEADING),
                Paragraph(
                    kind=ParagraphKind.HEADING,
                    texts=Pair("Under one", "其一之下"),
                    level=2,
                    label=Pair.alike(""),
                ),
                Paragraph(
                    kind=ParagraphKind.NARRATIVE,
                    texts=Pair("Both sides publish.", "双方公布。"),
                    aside=Pair("¶ 1 · reserved", "第1段 · 有保留"),
                    notes=(Pair("The U.S. delegation reserves.", "美方保留。"), Pair("Another.", "又一。")),
                ),
                paragraph("Only English.", ""),
                paragraph("Labelled", "有标签", ParagraphKind.HEADING, Pair("I.", "甲、")),
                paragraph("A bullet.", "一点。", ParagraphKind.BULLET, Pair.alike("•")),
                paragraph("TWO", "其二", ParagraphKind.HEADING),
            ),
            "participant_lists": (PARTICIPANTS,),
            "cover": (Pair("Dialogue", "对话"), Pair("Agreement", "共识")),
            "notices": (EXERCISE,),
            "draft_mark": DRAFT,
            "owner_mark": OURS,
            **changes,
        }
    )


def redlined(**changes: object) -> TextDocument:
    """Return a redline: words replaced, a paragraph added, another gone, one with comments left as it was."""
    common = paragraph("The same.", "不变。")
    comment = Comment(author="Secretariat", at=AT, text="Please look.\n请看。")
    return agreement(
        **{
            "paragraphs": (
                Paragraph(
                    kind=ParagraphKind.NUMBERED_ITEM,
                    texts=Pair("Both sides should publish.", "双方应当公布。"),
                    label=Pair("(1)", "（1）"),
                    redline=REWORDED,
                    comments=(comment, Comment(author="Secretariat", at=AT, text="Again.")),
                    anchor="00000000aa",
                ),
                Paragraph(
                    kind=ParagraphKind.NARRATIVE,
                    texts=Pair("A new rule.", "新的规则。"),
                    redline=ADDED,
                    anchor="00000000ab",
                ),
                Paragraph(kind=ParagraphKind.NARRATIVE, texts=Pair("An old\trule.", "旧的规则。"), redline=GONE),
                common,
            ),
            "participant_lists": (),
            "origin": Origin(document="d", revision="2"),
            **changes,
        }
    )


def table(**changes: object) -> TableDocument:
    """Return a working table."""
    en, zh = Language.EN, Language.ZH
    usual: dict[str, object] = {
        "name": Pair("Working table", "对照表"),
        "as_of": AT,
        "columns": (
            Column(heading=(Words("No.", en, is_strong=True),), share=1),
            Column(heading=(Words("English", en), Words("英文", zh)), share=6),
        ),
        "rows": (
            ((Words("1", en),), (Words("Text.", en), Words("文。", zh, is_strong=True))),
            ((), (Words("quiet", en, is_quiet=True),)),
        ),
        "draft_mark": DRAFT,
        "notices": (EXERCISE,),
    }
    return TableDocument(**usual | changes)  # type: ignore[arg-type]  # by name


def accepted(package: bytes) -> list[str]:
    return list(_settled(package, drop="del", keep="ins"))


def rejected(package: bytes) -> list[str]:
    return list(_settled(package, drop="ins", keep="del"))


def _settled(package: bytes, *, drop: str, keep: str) -> Iterator[str]:
    """Yield each paragraph as a reader finds it who takes, or refuses, every change; written for this test alone."""
    for row in tree(package).iter(w("tr")):
        if row.find(f"{w('trPr')}/{w(drop)}") is not None or row.find(f"{w('trPr')}/{w('tblHeader')}") is not None:
            continue
        for line in row.iter(w("p")):
            yield "".join(_words(line, drop))
    assert keep != drop


def _words(line: Element, drop: str) -> Iterator[str]:
    for node in line.iter(w("t"), w("delText"), w("tab")):
        if not any(parent.tag == w(drop) for parent in node.iterancestors()):
            yield "\t" if node.tag == w("tab") else node.text or ""


@pytest.mark.parametrize("house", House)
@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("document", [rich, redlined], ids=["text", "redline"])
def test_no_layout_loses_or_adds_a_word_and_the_lint_finds_nothing(
    document: object, layout: Layout, house: House
) -> None:
    described = document(layout=layout, house=house, paper=Paper.LETTER)  # type: ignore[operator]  # parametrised
    package = write_docx(described)

    assert faults(package) == []
    lines = ["".join(map(str, line.itertext())) for line in tree(package).iter(w("p"))]
    for one in described.paragraphs:
        for language in described.languages:
            said = "".join(span.text for span in one.redline[language]) if one.redline else one.texts[language]
            assert any(said.replace("\t", "") in line for line in lines), said
    other = {Layout.EN: "双方", Layout.ZH: "Both sides"}.get(layout)
    assert other is None or not any(other in line for line in lines)


def test_one_language_comes_after_the_other_on_a_new_page() -> None:
    body = tree(write_docx(rich(layout=Layout.SEQUENTIAL, edition=Language.ZH)))
    lines = ["".join(map(str, line.itertext())) for line in body.iter(w("p"))]
    breaks = [line for line in body.iter(w("p")) if line.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None]

    assert lines.index("其二") < lines.index("ONE")
    assert ["".join(map(str, line.itertext())) for line in breaks] == ["ONE"]


def test_paragraph_by_paragraph_both_languages_stand_together() -> None:
    body = tree(write_docx(rich(layout=Layout.INTERLEAVED)))
    lines = ["".join(map(str, line.itertext())) for line in body.iter(w("p"))]
    first = next(line for line in body.iter(w("p")) if "".join(map(str, line.itertext())) == "Only English.")

    assert lines.index("其一") == lines.index("ONE") + 1
    assert first.find(f"{w('pPr')}/{w('keepNext')}") is not None


def test_what_stands_above_a_text_in_a_table_ties_no_row_to_the_next() -> None:
    """Rows that all keep with the next make a table that no page is long enough for."""
    package = write_docx(rich())
    asides = [
        style for style in tree(package, "word/styles.xml").iter(w("style")) if style.get(w("styleId")) == "Aside"
    ]

    assert asides[0].find(f"{w('pPr')}/{w('keepNext')}") is None
    across = tree(write_docx(rich(layout=Layout.EN)))
    above = next(line for line in across.iter(w("p")) if "".join(map(str, line.itertext())) == "¶ 1 · reserved")
    assert above.find(f"{w('pPr')}/{w('keepNext')}") is not None


def said(line: Element) -> str:
    return "".join(map(str, line.itertext()))


def keeps_next(line: Element) -> bool:
    return line.find(f"{w('pPr')}/{w('keepNext')}") is not None


@pytest.mark.parametrize("layout", Layout)
def test_what_stands_above_a_heading_or_lead_in_keeps_with_it_in_every_layout(layout: Layout) -> None:
    """Also in the language that comes last in the sequential layout, and as the first paragraph of a row."""
    kinds = (ParagraphKind.HEADING, ParagraphKind.LEAD_IN, ParagraphKind.NARRATIVE)
    described = rich(
        layout=layout,
        paragraphs=tuple(
            Paragraph(kind=kind, texts=Pair("Text", "文"), aside=Pair(f"above {kind}", f"上 {kind}")) for kind in kinds
        ),
    )
    above = {said(line): keeps_next(line) for line in tree(write_docx(described)).iter(w("p"))}

    for language, word in ((Language.EN, "above"), (Language.ZH, "上")):
        if language in described.languages:
            assert above[f"{word} heading"]
            assert above[f"{word} lead_in"]
            # In a table it would tie the row to the next; the row is whole without it.
            assert above[f"{word} narrative"] is (layout is not Layout.TWO_COLUMN)


@pytest.mark.parametrize("layout", Layout)
def test_what_stands_above_a_paragraph_came_and_went_with_it(layout: Layout) -> None:
    new, old = (
        Paragraph(
            kind=ParagraphKind.NARRATIVE,
            texts=Pair("x", "x"),
            aside=Pair(f"¶ {number}", f"第{number}段"),
            redline=change,
            anchor=f"00000000a{number}",
        )
        for number, change in ((1, ADDED), (2, GONE))
    )
    package = write_docx(redlined(layout=layout, paragraphs=(new, old)))

    assert faults(package) == []
    for line in tree(package).iter(w("p")):
        if re.fullmatch("¶ [12]|第[12]段", said(line)):
            change = "ins" if "1" in said(line) else "del"
            assert line.find(f"{w('pPr')}/{w('rPr')}/{w(change)}") is not None
            assert line.find(f"{w(change)}/{w('r')}") is not None
    names = [mark.get(w("name")) for mark in tree(package).iter(w("bookmarkStart"))]
    assert len(names) == len(set(names)) == 2 * len(redlined(layout=layout).languages)


def test_chinese_words_in_an_english_text_are_set_as_chinese() -> None:
    text = "reserves: 等待“机关”意见。 It’s “脱钩”."
    described = rich(layout=Layout.EN, paragraphs=(paragraph(text, "文"),), participant_lists=())
    line = next(line for line in tree(write_docx(described)).iter(w("p")) if said(line) == text)

    chinese = [said(run) for run in line.iter(w("r")) if run.find(f"{w('rPr')}/{w('rFonts')}") is not None]
    assert chinese == ["等待“机关”意见。", "脱钩"]


def test_a_label_with_chinese_in_it_keeps_its_tab_at_the_end() -> None:
    item = paragraph("Text.", "文", ParagraphKind.NUMBERED_ITEM, Pair("No.一", "一"))
    line = next(
        line
        for line in tree(write_docx(rich(layout=Layout.EN, paragraphs=(item,)))).iter(w("p"))
        if said(line) == "No.一Text."
    )

    assert [[len(run.findall(w("tab"))), said(run)] for run in line.iter(w("r"))] == [
        [0, "No."],
        [1, "一"],
        [0, "Text."],
    ]


def test_a_row_of_a_table_stays_whole_unless_it_might_exceed_a_page() -> None:
    en, zh = Language.EN, Language.ZH
    long = Words("Long. " * 2000, en)
    heading = Words("HEADING", en, is_strong=True, keeps_next=True)
    item = Words("文。", zh, label="（1）")
    package = write_table(table(rows=(((), (heading,)), ((Words("1", en),), (item,)), ((), (long,)))))
    found = list(tree(package).iter(w("tr")))[1:]

    assert faults(package) == []
    assert [row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in found] == [True, True, False]
    assert [{keeps_next(line) for line in row.iter(w("p"))} for row in found] == [{True}, {False}, {False}]
    assert [said(run) for run in list(found[1].iter(w("p")))[1].iter(w("r"))] == ["（1）", "文。"]


def test_a_label_in_a_table_stands_in_its_text_and_its_reading_copy() -> None:
    en, zh = Language.EN, Language.ZH
    described = table(rows=(((Words("1", en),), (Words("Text.", en, label="•"), Words("文。", zh, label="（1）"))),))

    assert "• Text. / （1）文。" in write_table_text(described)
    assert "<span>• </span>" in write_html(described).decode()


@pytest.mark.parametrize("house", House)
@pytest.mark.parametrize("notices", [(), (EXERCISE,), (EXERCISE, EXERCISE)])
def test_the_head_of_a_page_leaves_white_above_the_text_however_many_marks_it_has(
    house: House, notices: tuple[object, ...]
) -> None:
    package = write_docx(rich(house=house, notices=notices))
    section = docx.Document(BytesIO(package)).sections[0]
    pitch = {
        style.get(w("styleId")): int(str(spacing.get(w("line"))))
        for style in tree(package, "word/styles.xml").iter(w("style"))
        for spacing in style.iterfind(f"{w('pPr')}/{w('spacing')}")
    }
    high = sum(pitch[style.get(w("val"))] for style in tree(package, "word/header1.xml").iter(w("pStyle")))

    assert section.header_distance is not None
    assert section.top_margin is not None
    assert section.header_distance.twips >= MARK_DISTANCE
    assert section.top_margin.twips - section.header_distance.twips - high >= MARK_GAP


@pytest.mark.parametrize("layout", [Layout.TWO_COLUMN, Layout.SEQUENTIAL, Layout.INTERLEAVED])
def test_a_reading_copy_shows_each_comment_once(layout: Layout) -> None:
    assert write_html(redlined(layout=layout)).decode().count("Again.") == 1


def test_chinese_headings_have_four_levels_in_the_chinese_style() -> None:
    levels = (1, 2, 3, 4, 4, 3, 2, 3, 5)
    described = rich(
        layout=Layout.ZH,
        house=House.GBT9704,
        participant_lists=(),
        cover=(),
        notices=(),
        paragraphs=tuple(Paragraph(kind=ParagraphKind.HEADING, texts=Pair("H", "题"), level=level) for level in levels),
    )
    package = write_docx(described)
    lines = [line for line in tree(package).iter(w("p")) if "题" in said(line)]
    faces = {
        style.get(w("styleId")): style.find(f"{w('rPr')}/{w('rFonts')}").get(w("eastAsia"))  # type: ignore[union-attr]
        for style in tree(package, "word/styles.xml").iter(w("style"))
        if style.get(w("type")) == "paragraph"
    }
    used = [line.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) for line in lines]  # type: ignore[union-attr]

    assert [said(line).removesuffix("题") for line in lines] == [
        *("一、", "（一）", "1. ", "（1）", "（2）", "2. ", "（二）", "1. ", "（1）"),
    ]
    assert [faces[one] for one in used[:4]] == ["SimHei", "KaiTi", "FangSong", "FangSong"]


def test_chinese_headings_are_numbered_in_the_chinese_style_only() -> None:
    lines = [
        "".join(map(str, line.itertext()))
        for line in tree(write_docx(rich(layout=Layout.ZH, house=House.GBT9704))).iter(w("p"))
    ]

    assert {"一、其一", "（一）其一之下", "甲、有标签", "二、其二"} <= set(lines)
    assert [numeral(number) for number in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]


def test_measures_are_those_of_the_standard() -> None:
    section = docx.Document(BytesIO(write_docx(rich(house=House.GBT9704)))).sections[0]
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert [round(length.mm) for length in lengths if length is not None] == [37, 35, 28, 26]


def test_reservations_are_footnotes_that_word_numbers() -> None:
    package = write_docx(rich())
    notes = tree(package, "word/footnotes.xml")
    asked = [note.get(w("id")) for note in tree(package).iter(w("footnoteReference"))]

    said = ["".join(map(str, note.itertext())) for note in notes.iter(w("footnote")) if note.get(w("type")) is None]
    assert asked == ["1", "2", "3", "4"]
    assert said == [" The U.S. delegation reserves.", " Another.", "美方保留。", "又一。"]


def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old() -> None:
    package = write_docx(redlined())

    assert accepted(package) == [
        *("(1)\tBoth sides should publish.", "（1）\t双方应当公布。"),
        *("A new rule.", "新的规则。", "The same.", "不变。"),
    ]
    assert rejected(package) == [
        *("(1)\tBoth sides may publish.", "（1）\t双方可以公布。"),
        *("An old\trule.", "旧的规则。", "The same.", "不变。"),
    ]


def test_changes_name_delegations_to_the_minute_and_comments_hang_on_the_text_once() -> None:
    package = write_docx(redlined())
    marks = [*tree(package).iter(w("ins")), *tree(package).iter(w("del"))]
    comments = list(tree(package, "word/comments.xml").iter(w("comment")))

    assert {mark.get(w("author")) for mark in marks} == {"U.S. delegation", "Chinese delegation"}
    assert {mark.get(w("date")) for mark in marks} == {"2026-03-04T05:06:00Z"}
    assert [comment.get(w("author")) for comment in comments] == ["Secretariat", "Secretariat"]
    assert ["".join(map(str, line.itertext())) for line in comments[0].iter(w("p"))] == ["Please look.", "请看。"]


def test_a_row_too_long_for_a_page_says_too_that_it_came() -> None:
    said = "A long new rule. " * 400
    change = Redline(en=(Span(said, Change.INSERTED),), zh=(), author="X", at=AT, whole=Change.INSERTED)
    long = Paragraph(kind=ParagraphKind.NARRATIVE, texts=Pair(said, ""), redline=change)
    rows = list(tree(write_docx(redlined(paragraphs=(long,)))).iter(w("tr")))

    assert rows[1].find(f"{w('trPr')}/{w('ins')}") is not None
    assert rows[1].find(f"{w('trPr')}/{w('cantSplit')}") is None


def test_only_a_copy_that_is_to_come_back_carries_anchors() -> None:
    redline, clean = write_docx(redlined()), write_docx(rich())
    names = [mark.get(w("name")) for mark in tree(redline).iter(w("bookmarkStart"))]

    assert names == ["u_00000000aa_en", "u_00000000aa_zh", "u_00000000ab_en", "u_00000000ab_zh"]
    assert b"00000000ab" in parts(redline)["customXml/item1.xml"]
    assert not {"customXml/item1.xml", "docProps/custom.xml", "word/comments.xml"} & parts(clean).keys()
    assert not list(tree(clean).iter(w("bookmarkStart")))


@pytest.mark.parametrize("author", ["", " "])
def test_a_change_that_nobody_made_is_refused(author: str) -> None:
    with pytest.raises(ValueError, match="needs an author"):
        Redline(en=(), zh=(), author=author, at=AT)


@pytest.mark.parametrize("make", [lambda: Span("\x00"), lambda: Words("\x00", Language.EN)])
def test_text_no_document_could_carry_is_refused_everywhere(make: object) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        make()  # type: ignore[operator]  # parametrised


def test_a_table_lies_on_its_side_with_its_heading_on_each_page() -> None:
    package = write_table(table())
    document = docx.Document(BytesIO(package))
    section = document.sections[0]

    assert faults(package) == []
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["No.", "English\n英文"],
        ["1", "Text.\n文。"],
        ["", "quiet"],
    ]
    assert document.sections[0].header.paragraphs[0].text == "DRAFT Rev.1\u2003草案 Rev.1"


def test_a_table_without_rows_or_with_rows_that_do_not_fit_is_refused() -> None:
    for rows in ((), (((),),)):
        with pytest.raises(ValueError, match="has no rows, or rows that do not fit its 2 columns"):
            table(rows=rows)


def test_the_text_of_a_table_names_the_column_before_each_cell() -> None:
    assert write_table_text(table(draft_mark=None, notices=())) == (
        "No.: 1\nEnglish / 英文: Text. / 文。\n\nEnglish / 英文: quiet\n"
    )


def test_the_plain_text_of_a_redline_and_of_footnotes() -> None:
    english = write_text(redlined(), Language.EN)
    noted = write_text(rich(), Language.ZH)

    assert "(1) Both sides [-may-]{+should+} publish." in english
    assert "{+A new rule.+}" in english
    assert "第1段 · 有保留\n双方公布。 [1] [2]" in noted
    assert noted.endswith("[1] 美方保留。\n[2] 又一。\n")


@pytest.mark.parametrize("layout", Layout)
def test_a_reading_copy_says_it_all_and_asks_nobody_for_anything(layout: Layout) -> None:
    for document in (rich(layout=layout), redlined(layout=layout)):
        page = write_html(document)
        shown = "".join(map(str, lxml_html.fromstring(page).itertext()))

        assert not re.search(rb"https?:|<script|url[(]", page)
        for one in document.paragraphs:
            for language in document.languages:
                said = "".join(span.text for span in one.redline[language]) if one.redline else one.texts[language]
                assert said in shown


def test_what_somebody_typed_is_no_markup() -> None:
    hostile = "<img src=x onerror=alert(1)> & </p>"
    page = fragment(agreement(paragraphs=(paragraph(hostile, hostile),), participant_lists=()))

    assert "<img" not in page
    assert hostile in "".join(map(str, lxml_html.fromstring(page).itertext()))
    assert "对照表" in write_html(table()).decode()


def test_the_same_description_gives_the_same_bytes() -> None:
    assert write_docx(redlined()) == write_docx(redlined())
    assert write_table(table()) == write_table(table())
