"""The two-column document: what it says, how it is set, and what it does not tell."""

import hashlib
import os
import re
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import styles
from exports.columns import UNBROKEN_SHARE
from exports.document import PENDING, Language, Pair, Paper, ParagraphKind
from exports.docx_text import write_docx
from exports.lint import faults
from exports.wordml import w
from tests.exports.samples import (
    EXERCISE,
    PARTICIPANTS,
    agreement,
    paragraph,
    parts,
    printed,
    rows,
    rows_by_hand,
    tree,
)

ROOT = Path(__file__).parent.parent.parent
DRAFT = Pair("DRAFT Rev.2", "草案 Rev.2")
HAN = re.compile("[\u4e00-\u9fff]")

#: Everything a document can carry, with what once went wrong elsewhere drawn more often.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\u00a0 \t\n“”‘’\"'—…·《》•[]<>&😀𠮷\u200b\u202e\ufeff"),
        st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32))) + "\ufffe\uffff"),
    ),
    max_size=60,
).filter(str.strip)


@pytest.mark.parametrize("edition", Language)
def test_both_texts_are_read_back_as_given_by_two_readers(edition: Language) -> None:
    document = agreement(edition=edition)
    package = write_docx(document)

    names = {Language.EN: "English", Language.ZH: "中文"}
    expected = [[names[language] for language in document.languages], *printed(document)]
    assert rows(package) == expected
    assert rows_by_hand(package) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(en=TEXTS, zh=TEXTS)
def test_any_text_survives_character_for_character(en: str, zh: str) -> None:
    package = write_docx(agreement(paragraphs=(paragraph(en, zh),), participant_lists=()))

    assert rows_by_hand(package)[1] == [en, zh]
    assert rows(package)[1] == [en, zh]
    assert faults(package) == []


@pytest.mark.parametrize("text", ["\tA\t\tB", "A\nB", "\n\nA\t\n", " A ", "\u00a0A\u00a0"])
def test_tabs_line_feeds_and_outer_spaces_are_kept(text: str) -> None:
    package = write_docx(agreement(paragraphs=(paragraph(text, text),)))

    assert rows_by_hand(package)[1] == [text, text]
    assert rows(package)[1] == [text, text]


def test_a_label_is_a_run_of_its_own_outside_the_text() -> None:
    document = agreement(paragraphs=(paragraph("Text.", "文。", ParagraphKind.NUMBERED_ITEM, Pair("(1)", "（1）")),))
    english, chinese = docx.Document(BytesIO(write_docx(document))).tables[0].rows[1].cells

    assert [run.text for run in english.paragraphs[0].runs] == ["(1)\t", "Text."]
    assert [run.text for run in chinese.paragraphs[0].runs] == ["（1）\t", "文。"]
    assert english.paragraphs[0].runs[0].style.name == "Paragraph Label"


def test_a_text_that_is_not_written_yet_says_so_beside_its_counterpart() -> None:
    package = write_docx(agreement(paragraphs=(paragraph("Only English.", ""),), participant_lists=()))

    assert rows(package)[1] == ["Only English.", PENDING.zh]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(agreement(), id="clean"),
        pytest.param(agreement(draft_mark=DRAFT, notices=(EXERCISE,), cover=(DRAFT, DRAFT)), id="marked"),
        pytest.param(agreement(paper=Paper.LETTER, edition=Language.ZH, cover=(DRAFT,)), id="letter, Chinese first"),
    ],
)
def test_the_lint_finds_nothing(document: object) -> None:
    assert faults(write_docx(document)) == []  # type: ignore[arg-type]  # parametrised


@pytest.mark.parametrize(
    ("paper", "width", "height"), [(Paper.A4, 210.0, 297.0), (Paper.LETTER, 215.9, 279.4)], ids=["a4", "letter"]
)
def test_the_page_is_of_the_paper_asked_for(paper: Paper, width: float, height: float) -> None:
    section = docx.Document(BytesIO(write_docx(agreement(paper=paper)))).sections[0]

    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((width, height), abs=0.1)


@pytest.mark.parametrize("paper", Paper)
def test_the_columns_are_equally_wide_and_fill_the_page(paper: Paper) -> None:
    widths = [int(column.get(w("w"), "")) for column in tree(write_docx(agreement(paper=paper))).iter(w("gridCol"))]

    assert widths[0] == widths[1]
    assert 0 <= styles.text_width(styles.NEUTRAL, paper) - sum(widths) < 2


def test_the_row_of_language_names_repeats_and_no_other_does() -> None:
    heads = [bool(row.findall(f"{w('trPr')}/{w('tblHeader')}")) for row in tree(write_docx(agreement())).iter(w("tr"))]

    assert heads[0]
    assert not any(heads[1:])


def test_a_short_row_stays_on_one_page_and_a_long_one_may_run_over() -> None:
    document = agreement(paragraphs=(paragraph("Short.", "短。"), paragraph("Long. " * 400, "长。")))
    kept = [bool(row.findall(f"{w('trPr')}/{w('cantSplit')}")) for row in tree(write_docx(document)).iter(w("tr"))]

    assert 0 < UNBROKEN_SHARE < 1
    assert kept[1:3] == [True, False]


def test_headings_and_lead_ins_stay_with_what_follows() -> None:
    shown = docx.Document(BytesIO(write_docx(agreement()))).styles

    kept = {style.name for style in shown if style.element.findall(f"{w('pPr')}/{w('keepNext')}")}

    assert {"Title", "Heading 1", "Heading 1 Chinese", "Lead-in", "Lead-in Chinese", "List Heading"} <= kept
    assert "Narrative" not in kept


@pytest.mark.parametrize("kind", sorted(set(ParagraphKind) - {ParagraphKind.TITLE, ParagraphKind.HEADING}))
def test_both_languages_of_the_text_have_the_same_exact_line_pitch(kind: ParagraphKind) -> None:
    part = tree(write_docx(agreement()), "word/styles.xml")
    spacings = [
        dict(style.find(f"{w('pPr')}/{w('spacing')}").attrib)  # type: ignore[union-attr]  # else the test fails
        for style in part.iter(w("style"))
        if style.get(w("styleId")) in {styles.PARAGRAPH[kind].en, styles.PARAGRAPH[kind].zh}
    ]

    assert len(spacings) == 2
    assert spacings[0] == spacings[1]
    assert spacings[0][w("lineRule")] == "exact"


def test_each_page_says_its_number_in_both_languages_as_fields_with_a_result() -> None:
    package = write_docx(agreement())
    foot = docx.Document(BytesIO(package)).sections[0].footer.paragraphs[0]

    said = "".join(str(text.text) for text in foot._p.iter(w("t")))
    asked = [field.get(w("instr")) for field in foot._p.iter(w("fldSimple"))]
    assert said == "Page 1 of 1\u2003第1页，共1页"
    assert asked == [" PAGE ", " NUMPAGES ", " PAGE ", " NUMPAGES "]


def test_the_expected_number_of_pages_grows_with_the_text() -> None:
    package = write_docx(agreement(paragraphs=(paragraph("word " * 100, "字" * 200),) * 60))

    count = re.search("Page 1 of ([0-9]+)", "".join(map(str, tree(package, "word/footer1.xml").itertext())))

    assert count is not None
    assert 10 < int(count[1]) < 25


def test_the_draft_mark_and_the_short_notices_stand_at_the_head_of_each_page() -> None:
    package = write_docx(agreement(draft_mark=DRAFT, notices=(EXERCISE,)))
    document = docx.Document(BytesIO(package))

    assert [line.text for line in document.sections[0].header.paragraphs] == [
        "DRAFT Rev.2\u2003草案 Rev.2",
        "EXERCISE\u2003演练",
    ]
    assert not document.sections[0].different_first_page_header_footer


def test_the_notices_and_cover_lines_stand_above_the_text_in_full() -> None:
    package = write_docx(agreement(cover=(Pair("Dialogue", "对话"),), notices=(EXERCISE,), edition=Language.ZH))

    above = [line.text for line in docx.Document(BytesIO(package)).paragraphs if line.text]

    assert above == ["对话", "Dialogue", EXERCISE.text.zh, EXERCISE.text.en]


def test_without_marks_nothing_is_added_to_the_record() -> None:
    document = docx.Document(BytesIO(write_docx(agreement())))

    assert [line.text for line in document.sections[0].header.paragraphs] == [""]
    assert [line.text for line in document.paragraphs] == [""]


def test_a_name_is_set_in_the_type_of_its_script() -> None:
    package = write_docx(agreement(paragraphs=(paragraph("T", "文"),), participant_lists=(PARTICIPANTS,)))
    table = docx.Document(BytesIO(package)).tables[0]

    names = [[cell.paragraphs[0].runs[0].style.name for cell in row.cells] for row in table.rows[-2:]]

    assert names == [["Participant Name", "Participant Name Chinese"], ["Participant Name", "Participant Name"]]


@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.xml", "word/footer1.xml"])
def test_every_chinese_run_asks_for_full_width_marks(name: str) -> None:
    part = tree(write_docx(agreement(draft_mark=DRAFT, notices=(EXERCISE,))), name)
    chinese = [run for run in part.iter(w("r")) if HAN.search("".join(map(str, run.itertext())))]

    assert chinese
    for run in chinese:
        hints = [fonts.get(w("hint")) for fonts in run.findall(f"{w('rPr')}/{w('rFonts')}")]
        assert hints == ["eastAsia"]


def test_an_english_run_carries_no_hint() -> None:
    part = tree(write_docx(agreement(paragraphs=(paragraph("“Quoted”", "“引”"),), participant_lists=())))
    run = next(run for run in part.iter(w("r")) if "Quoted" in "".join(map(str, run.itertext())))

    assert run.find(w("rPr")) is None


def test_every_style_with_fonts_resolves_to_simplified_chinese() -> None:
    part = tree(write_docx(agreement()), "word/styles.xml")
    properties = [run for run in part.iter(w("rPr")) if run.find(w("rFonts")) is not None]

    assert len(properties) > 20
    for run in properties:
        fonts, language = run.find(w("rFonts")), run.find(w("lang"))
        assert fonts is not None
        assert language is not None
        assert fonts.get(w("ascii")) == fonts.get(w("hAnsi")) == "Times New Roman"
        assert fonts.get(w("eastAsia")) in {"SimSun", "SimHei"}
        assert (language.get(w("val")), language.get(w("eastAsia"))) == ("en-US", "zh-CN")


def test_the_settings_know_the_chinese_of_the_document() -> None:
    language = tree(write_docx(agreement()), "word/settings.xml").find(w("themeFontLang"))

    assert language is not None
    assert language.get(w("eastAsia")) == "zh-CN"


def test_the_properties_are_a_name_and_a_moment_of_the_record_and_nothing_else() -> None:
    beijing = datetime(2019, 3, 13, 1, 30, 15, 999, tzinfo=timezone(timedelta(hours=8)))
    package = write_docx(agreement(as_of=beijing))
    core = docx.Document(BytesIO(package)).core_properties

    assert (core.title, core.author, core.last_modified_by) == ("Sample agreement", "", "")
    assert core.created == core.modified == datetime(2019, 3, 12, 17, 30, 15, tzinfo=UTC)
    assert len(tree(package, "docProps/core.xml")) == 3


def test_no_other_part_leaves_than_those_that_are_allowed() -> None:
    assert list(parts(write_docx(agreement(draft_mark=DRAFT)))) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/header1.xml",
        "word/footer1.xml",
        "word/_rels/document.xml.rels",
    ]


def test_two_processes_in_two_time_zones_write_the_same_bytes() -> None:
    script = textwrap.dedent(
        """
        import hashlib
        from exports.docx_text import write_docx
        from tests.exports.samples import EXERCISE, agreement
        print(hashlib.sha256(write_docx(agreement(notices=(EXERCISE,)))).hexdigest())
        """
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "EST5"), ("2", "CST-8"))
    }

    assert hashes == {hashlib.sha256(write_docx(agreement(notices=(EXERCISE,)))).hexdigest()}


def test_a_changed_character_changes_the_file() -> None:
    one, other = (agreement(paragraphs=(paragraph(text, "文"),)) for text in ("Text.", "Text,"))

    assert write_docx(one) != write_docx(other)
