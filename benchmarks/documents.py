"""How fast documents are written, against the least that any writer could do.

The bound builds the same text as bare lxml elements and compresses it at level 6: no
style, no width, no header. Whoever writes a bilingual table through lxml pays at least
that. What one would do without a writer stands beside it: python-docx's own ``add_row``,
and docxtpl and pandoc where they are installed.
"""

import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from random import Random
from shutil import which
from subprocess import run as run_process
from time import perf_counter

import docx
from lxml import etree

from exports import Change, Pair, Paragraph, ParagraphKind, Redline, Span, TextDocument, write_docx
from exports.wordml import XML_SPACE, w

#: Times the bound, from 600 paragraphs on: a clean text, and a redline.
ALLOWED = 1.3
ALLOWED_REDLINE = 2

#: How many times as long ten times as much may take, and how much memory the most may need.
ALLOWED_GROWTH = 12
ALLOWED_MIB = 130

#: A smaller document is mostly template.
JUDGED_FROM = 600

EN = (
    "both governments should publish all procurement rules and avoid those that encourage organizations to limit "
    "cross-border data flows except where narrowly defined national security concerns justify transparent "
    "restrictions participants recognized that supply chain risk management relies on industry standards developed "
    "through technical communities which ensure greater adaptability interoperability and trust among companies"
)
ZH = (
    "双方政府应公布全部采购规则并避免鼓励各组织限制数据跨境流动除非出于明确界定的国家安全关切而有必要作出透明的限制与会者认识到"
    "供应链风险管理依靠技术界制定的行业标准这些标准有助于增强适应性互操作性和各种规模企业在市场上的相互信任"
)


def run(sizes: tuple[int, ...] = (60, 600, 6000), rounds: int = 7) -> bool:
    """Print a line per size: milliseconds of each writer and their multiples of the bound; return whether it was kept.

    The writers take turns, and the best round of each counts, so that a busy machine
    slows all of them or none. Opening the template is most of a small document, which is
    therefore shown and not judged. Those that take many seconds for the largest are left
    out there, and those that are not installed, everywhere.
    """
    kept = True
    ours_by_size = {}
    names = ("bound", "ours", "ours, redline", "python-docx", "docxtpl", "pandoc")
    print(f"{'two columns, ms and ratio':<26}" + "".join(f"{name:>16}" for name in names))
    for size in sizes:
        plain, changed = generated(size), redlined(size)
        writers: dict[str, Callable[[], object]] = {
            "bound": partial(_bound, plain),
            "ours": partial(write_docx, plain),
            "ours, redline": partial(write_docx, changed),
        }
        if size <= JUDGED_FROM:
            writers["python-docx"] = partial(_add_rows, plain)
        if size <= JUDGED_FROM and find_spec("docxtpl"):
            writers["docxtpl"] = partial(_fill_template, plain)
        if pandoc := which("pandoc"):
            writers["pandoc"] = partial(_convert, plain, pandoc)
        best = dict.fromkeys(writers, float("inf"))
        for _ in range(rounds if size <= JUDGED_FROM else 3):
            best = {name: min(best[name], _milliseconds(writer)) for name, writer in writers.items()}
        ratio = {name: taken / best["bound"] for name, taken in best.items()}
        told = "".join(f"{f'{best[one]:.1f} {ratio[one]:6.2f}' if one in best else '–':>16}" for one in names)
        print(f"{f'{size} paragraphs':<26}{told}")
        ours_by_size[size] = best["ours"]
        kept = kept and (size < JUDGED_FROM or (ratio["ours"] <= ALLOWED and ratio["ours, redline"] <= ALLOWED_REDLINE))
    growth = ours_by_size[max(sizes)] / ours_by_size[JUDGED_FROM]
    peaks = [_peak_mib(max(sizes), maker) for maker in (generated, redlined)]
    print(
        f"{max(sizes)} : {JUDGED_FROM} paragraphs: {growth:.1f} times as long; "
        f"peak memory {peaks[0]:.0f} MiB, redline {peaks[1]:.0f} MiB"
    )
    return kept and growth <= ALLOWED_GROWTH and max(peaks) <= ALLOWED_MIB


def _peak_mib(size: int, maker: Callable[[int], TextDocument]) -> float:
    """Return the most memory a process of its own ever had that wrote `size` paragraphs of `maker`, in MiB.

    Where the system has ``/proc``, that is asked: what ``getrusage`` tells begins there
    with the peak of the process that started this one.
    """
    program = (
        "import pathlib, re, resource, sys\n"
        f"from benchmarks.documents import {maker.__name__}, write_docx\n"
        f"write_docx({maker.__name__}({size}))\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "if status.exists():\n"
        "    print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status.read_text())[1]) / 1024)\n"
        "else:\n"
        "    unit = 1024 * 1024 if sys.platform == 'darwin' else 1024\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)\n"
    )
    told = run_process([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout  # noqa: S603 -- our own words
    return float(told)


def redlined(size: int) -> TextDocument:
    """Return the same agreement with a word replaced in each language of every paragraph."""
    plain = generated(size)
    return replace(
        plain,
        paragraphs=tuple(
            replace(
                one,
                redline=Redline(
                    en=_replaced(one.texts.en, "measure"),
                    zh=_replaced(one.texts.zh, "措施"),
                    author="Side",
                    at=plain.as_of,
                ),
            )
            for one in plain.paragraphs
        ),
    )


def _replaced(text: str, word: str) -> tuple[Span, ...]:
    middle = len(text) // 2
    end = middle + len(word)
    return (
        Span(text[:middle]),
        Span(text[middle:end], Change.DELETED),
        Span(word, Change.INSERTED),
        Span(text[end:]),
    )


def generated(size: int) -> TextDocument:
    """Return an agreement of `size` paragraphs of the length of the real ones.

    Its words are drawn at random, always the same, because text that repeats itself
    would be compressed in no time and flatter nobody but the bound.
    """
    words = EN.split()
    dice = Random(size)  # noqa: S311 -- nothing here is secret
    return TextDocument(
        name=Pair("Generated agreement", "生成的共识文件"),
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        paragraphs=tuple(
            Paragraph(
                kind=ParagraphKind.BULLET if number % 3 else ParagraphKind.NARRATIVE,
                label=Pair.alike("•") if number % 3 else Pair("", ""),
                texts=Pair(" ".join(dice.choices(words, k=70)) + ".", "".join(dice.choices(ZH, k=140)) + "。"),
            )
            for number in range(size)
        ),
    )


def _bound(agreement: TextDocument) -> bytes:
    root = etree.Element(w("document"), nsmap={"w": w("")[1:-1]})
    table = etree.SubElement(etree.SubElement(root, w("body")), w("tbl"))
    names = {name: w(name) for name in ("tr", "tc", "p", "r", "t")}
    for paragraph in agreement.paragraphs:
        row = etree.SubElement(table, names["tr"])
        for text in (paragraph.texts.en, paragraph.texts.zh):
            line = etree.SubElement(etree.SubElement(row, names["tc"]), names["p"])
            said = etree.SubElement(etree.SubElement(line, names["r"]), names["t"])
            said.set(XML_SPACE, "preserve")
            said.text = text
    return zlib.compress(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), 6)


def _add_rows(agreement: TextDocument) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for paragraph in agreement.paragraphs:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = paragraph.texts.en, paragraph.texts.zh
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill_template(agreement: TextDocument) -> bytes:
    """Fill a template of one row that repeats itself, as docxtpl is used."""
    blank = docx.Document()
    table = blank.add_table(rows=3, cols=2)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for one in rows %}", "{%tr endfor %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ one.en }}", "{{ one.zh }}"
    template = BytesIO()
    blank.save(template)
    filled = import_module("docxtpl").DocxTemplate(template)
    filled.render({"rows": [paragraph.texts for paragraph in agreement.paragraphs]}, autoescape=True)
    stream = BytesIO()
    filled.save(stream)
    return stream.getvalue()


def _convert(agreement: TextDocument, pandoc: str) -> bytes:
    """Hand pandoc a table of HTML; its start is counted, as whoever calls it pays for it."""
    rows = "".join(f"<tr><td>{one.texts.en}</td><td>{one.texts.zh}</td></tr>" for one in agreement.paragraphs)
    asked = [pandoc, "--from=html", "--to=docx", "--output=-"]
    return run_process(asked, input=f"<table>{rows}</table>".encode(), check=True, capture_output=True).stdout  # noqa: S603


def _milliseconds(writer: Callable[[], object]) -> float:
    start = perf_counter()
    writer()
    return (perf_counter() - start) * 1000
