"""How fast documents are written, against the least that any writer could do.

The bound builds the same text as bare lxml elements and compresses it at level 6: no
style, no width, no header. Whoever writes a bilingual table through lxml pays at least
that. python-docx's own ``add_row`` stands beside it as what one would do without a writer.
"""

import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from subprocess import run as run_process
from time import perf_counter

import docx
from lxml import etree

from exports import Change, Pair, Paragraph, ParagraphKind, Redline, Span, TextDocument, write_docx
from exports.wordml import XML_SPACE, w

#: Times the bound, from 600 paragraphs on. The goal is 1.3, which a quiet machine keeps;
#: the rest is for the neighbours of a busy one.
ALLOWED = 1.5

#: The same of a redline, whose goal is 2.
ALLOWED_REDLINE = 2.3

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
    therefore shown and not judged. python-docx takes minutes for the largest, and is left
    out there.
    """
    kept = True
    ours_by_size = {}
    print(
        f"{'two-column document':<24}{'bound ms':>10}{'ours ms':>10}{'ratio':>8}{'redline ms':>12}{'ratio':>8}"
        f"{'python-docx ms':>16}{'ratio':>8}"
    )
    for size in sizes:
        plain, changed = generated(size), redlined(size)
        writers: list[Callable[[], object]] = [
            lambda plain=plain: _bound(plain),  # type: ignore[misc]  # bound early on purpose
            lambda plain=plain: write_docx(plain),  # type: ignore[misc]
            lambda changed=changed: write_docx(changed),  # type: ignore[misc]
        ]
        if size <= JUDGED_FROM:
            writers.append(lambda plain=plain: _add_rows(plain))  # type: ignore[misc]
        timed = [[_milliseconds(writer) for writer in writers] for _ in range(rounds if size <= JUDGED_FROM else 3)]
        bound, ours, redline, *other = map(min, zip(*timed, strict=True))
        others = f"{other[0]:>16.1f}{other[0] / bound:>8.1f}" if other else f"{'–':>16}{'':>8}"
        print(
            f"{f'{size} paragraphs':<24}{bound:>10.1f}{ours:>10.1f}{ours / bound:>8.2f}"
            f"{redline:>12.1f}{redline / bound:>8.2f}{others}"
        )
        ours_by_size[size] = ours
        kept = kept and (size < JUDGED_FROM or (ours / bound <= ALLOWED and redline / bound <= ALLOWED_REDLINE))
    growth = ours_by_size[max(sizes)] / ours_by_size[JUDGED_FROM]
    peak = _peak_mib(max(sizes))
    print(f"{max(sizes)} : {JUDGED_FROM} paragraphs: {growth:.1f} times as long; peak memory {peak:.0f} MiB")
    return kept and growth <= ALLOWED_GROWTH and peak <= ALLOWED_MIB


def _peak_mib(size: int) -> float:
    """Return the most memory a process of its own ever had that wrote `size` paragraphs, in MiB."""
    program = (
        "import resource\nfrom benchmarks.documents import generated, write_docx\n"
        f"write_docx(generated({size}))\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    told = run_process([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout  # noqa: S603 -- our own words
    return int(told) / (1024 if sys.platform != "darwin" else 1024 * 1024)


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


def _milliseconds(writer: Callable[[], object]) -> float:
    start = perf_counter()
    writer()
    return (perf_counter() - start) * 1000
