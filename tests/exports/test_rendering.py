"""The document as a reader sees it: rendered by LibreOffice to PDF, and the PDF read back."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from exports.document import Pair, Paper
from exports.docx_text import write_docx
from tests.exports.samples import EXERCISE, agreement, paragraph, printed

pytestmark = pytest.mark.documents

DRAFT = Pair("DRAFT Rev.2", "草案 Rev.2")
SIZES = {Paper.A4: (595.3, 841.9), Paper.LETTER: (612.0, 792.0)}
PARAGRAPHS = 24


def in_chinese(number: int) -> str:
    """Return `number` digit by digit, so that no Latin digit parts a Chinese word."""
    return str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


LONG = agreement(
    paragraphs=tuple(
        paragraph(f"Paragraph {number} speaks “plainly”. " * 8, f"第{in_chinese(number)}段谈到“互信”——长期合作……" * 8)
        for number in range(1, PARAGRAPHS + 1)
    ),
    draft_mark=DRAFT,
    notices=(EXERCISE,),
)


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same document on each paper and a long one, as PDF; one start of LibreOffice for all."""
    office = tool("soffice")
    folder = tmp_path_factory.mktemp("rendered")
    for paper in Paper:
        written = write_docx(agreement(paper=paper, draft_mark=DRAFT, notices=(EXERCISE,)))
        (folder / f"{paper}.docx").write_bytes(written)
    (folder / "long.docx").write_bytes(write_docx(LONG))
    documents = sorted(map(str, folder.glob("*.docx")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *documents],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


def text_of(pdf: Path, *options: str) -> str:
    return subprocess.run(
        [tool("pdftotext"), *options, str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout


@dataclass(frozen=True)
class Word:
    """A word on a page, lengths in points."""

    page: int
    text: str
    middle: float
    width: float


def words_of(pdf: Path) -> list[Word]:
    boxes = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [
        Word(page, text, (float(top) + float(bottom)) / 2, float(right) - float(left))
        for page, content in enumerate(text_of(pdf, "-bbox").split("<page "))
        for left, top, right, bottom, text in re.findall(boxes, content)
    ]


def without_space(text: str) -> str:
    return re.sub(r"[\s\u00a0\u2003\u3000]", "", text)


@pytest.mark.parametrize("paper", Paper)
def test_everything_that_was_given_can_be_read_on_the_page(pages: Path, paper: Paper) -> None:
    shown = without_space(text_of(pages / f"{paper}.pdf", "-raw"))

    for row in printed(agreement()):
        for cell in row:
            assert without_space(cell) in shown


@pytest.mark.parametrize("paper", Paper)
def test_the_page_has_the_size_of_the_paper(pages: Path, paper: Paper) -> None:
    told = subprocess.run(
        [tool("pdfinfo"), str(pages / f"{paper}.pdf")], check=True, capture_output=True, text=True
    ).stdout

    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
    assert size is not None
    assert tuple(map(float, size.groups())) == pytest.approx(SIZES[paper], abs=0.5)


def test_chinese_is_set_in_an_embedded_chinese_font_and_english_in_another(pages: Path) -> None:
    told = subprocess.run(
        [tool("pdffonts"), str(pages / "long.pdf")], check=True, capture_output=True, text=True
    ).stdout
    fonts = told.splitlines()[2:]

    chinese = [line for line in fonts if re.search("CJK|SimSun|SimHei|Song|Hei", line)]
    assert chinese
    assert len(chinese) < len(fonts)
    assert all(re.search(r"\byes\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line) for line in fonts), told


def test_each_page_carries_the_marks_the_names_of_the_languages_and_its_number(pages: Path) -> None:
    shown = text_of(pages / "long.pdf", "-layout").removesuffix("\f").split("\f")

    assert len(shown) > 2
    for number, page in enumerate(shown, start=1):
        tight = without_space(page)
        assert f"Page{number}of{len(shown)}" in tight
        assert f"第{number}页，共{len(shown)}页" in tight
        for mark in (DRAFT.en, DRAFT.zh, EXERCISE.short.en, EXERCISE.short.zh, "English", "中文"):
            assert without_space(mark) in tight


def test_both_versions_of_a_paragraph_begin_level(pages: Path) -> None:
    words = words_of(pages / "long.pdf")

    for number in range(1, PARAGRAPHS + 1):
        english = next(word for word, after in pairwise(words) if (word.text, after.text) == ("Paragraph", str(number)))
        chinese = next(word for word in words if word.text.startswith(f"第{in_chinese(number)}段"))
        assert english.page == chinese.page
        assert english.middle == pytest.approx(chinese.middle, abs=3)


def test_chinese_marks_are_full_width(pages: Path) -> None:
    """A closing quote that came out of the Latin font would be less than half as wide as a character."""
    whole = [word for word in words_of(pages / "long.pdf") if re.fullmatch("[一-龥“”—…]{6,}", word.text)]

    assert any("“" in word.text and "”" in word.text for word in whole)
    for word in whole:
        assert word.width / len(word.text) == pytest.approx(10.5, abs=0.6), word.text
