"""How fast documents are written, against the least that any writer could do.

The bound builds the same text as bare lxml elements and compresses it at level 6: no
style, no width, no header. Whoever writes a bilingual table through lxml pays at least
that. python-docx's own ``add_row`` stands beside it as what one would do without a writer.
"""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from time import perf_counter

import docx
from lxml import etree

from exports import Pair, Paragraph, ParagraphKind, TextDocument, write_docx
from exports.wordml import XML_SPACE, w

#: Times the bound, from 600 paragraphs on. The goal is 1.3, which a quiet machine keeps;
#: the rest is for the neighbours of a busy one.
ALLOWED = 1.5

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


def run(sizes: tuple[int, ...] = (60, 600), rounds: int = 7) -> bool:
    """Print a line per size: milliseconds of each writer and their multiples of the bound; return whether it was kept.

    The writers take turns, and the best round of each counts, so that a busy machine
    slows all of them or none. Opening the template is most of a small document, which is
    therefore shown and not judged.
    """
    writers: tuple[Callable[[TextDocument], bytes], ...] = (_bound, write_docx, _add_rows)
    kept = True
    print(f"{'two-column document':<24}{'bound ms':>10}{'ours ms':>10}{'ratio':>8}{'python-docx ms':>16}{'ratio':>8}")
    for size in sizes:
        agreement = generated(size)
        timed = [[_milliseconds(writer, agreement) for writer in writers] for _ in range(rounds)]
        bound, ours, other = map(min, zip(*timed, strict=True))
        print(
            f"{f'{size} paragraphs':<24}{bound:>10.1f}{ours:>10.1f}{ours / bound:>8.2f}"
            f"{other:>16.1f}{other / bound:>8.1f}"
        )
        kept = kept and (size < JUDGED_FROM or ours / bound <= ALLOWED)
    return kept


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


def _milliseconds(writer: Callable[[TextDocument], bytes], agreement: TextDocument) -> float:
    start = perf_counter()
    writer(agreement)
    return (perf_counter() - start) * 1000
