"""What can be wrong with a document although its schema is satisfied.

Word refuses, or silently repairs, files in which a cell ends without a paragraph or two
bookmarks share a name; it ignores a style that does not exist. No validator says so.
What must not leak is looked for here as well, in every byte of every part.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from exports.wordml import XML_SPACE, Element, R, w

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

#: What a document of ours never says: other makers' names, editing sessions, wrong languages.
TRACES: Final = (b"python-docx", b"ja-JP", b"Macintosh", b"rsid", b"thumbnail", b"attachedTemplate", b"asciiTheme")

#: The order the schema asks of children, for the elements in which Word insists on it.
CHILD_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs"),
        *("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
    ),
    "rPr": (
        "ins",
        "del",
        "rStyle",
        "rFonts",
        "b",
        "i",
        "strike",
        "color",
        "spacing",
        "sz",
        "szCs",
        "u",
        "shd",
        "vertAlign",
        "lang",
    ),
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
    "trPr": ("cantSplit", "tblHeader", "ins", "del"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign"),
    "sectPr": ("headerReference", "footerReference", "footnotePr", "type", "pgSz", "pgMar", "cols", "docGrid"),
    "style": ("name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr", "tblStylePr"),
    "settings": (
        *("zoom", "defaultTabStop", "characterSpacingControl", "footnotePr", "compat", "themeFontLang"),
        *("decimalSymbol", "listSeparator"),
    ),
}


def faults(package: bytes) -> list[str]:
    """Return what is wrong with the document `package`, one sentence each; nothing, if all is well."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(blob) for name, blob in parts.items() if name.endswith((".xml", ".rels"))}
    content = [(name, tree) for name, tree in trees.items() if name.startswith("word/") and name.endswith(".xml")]
    styles = trees["word/styles.xml"]
    return [
        *_traces(parts),
        *_types(trees["[Content_Types].xml"], parts),
        *_relationships(trees, parts),
        *_ids(styles.iter(w("style")), "styleId", "style"),
        *(fault for name, tree in content for fault in _part_faults(name, tree, styles)),
    ]


def _part_faults(name: str, tree: Element, styles: Element) -> Iterator[str]:
    for fault in (
        *_cells(tree),
        *_order(tree),
        *_texts(tree),
        *_styles(tree, styles),
        *_bookmarks(tree),
        *_revisions(tree),
    ):
        yield f"{name}: {fault}"


def _traces(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, blob in parts.items():
        for trace in TRACES:
            if trace in blob or trace in name.encode():
                yield f"{name}: says {trace.decode()!r}"


def _types(types: Element, parts: Mapping[str, bytes]) -> Iterator[str]:
    declared = {str(entry.get("PartName"))[1:] for entry in types.iter(f"{{{_CONTENT_TYPES}}}Override")}
    present = {name for name in parts if not name.endswith(".rels")} - {"[Content_Types].xml"}
    for name in sorted(declared ^ present):
        yield f"{name}: is {'declared but missing' if name in declared else 'not declared'}"


def _relationships(trees: Mapping[str, Element], parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        source = join(folder, name.rpartition("/")[2].removesuffix(".rels"))
        entries = list(tree.iter(_RELATIONSHIP))
        yield from (f"{name}: {entry.get('Id')} is used twice" for entry in _repeated(entries, "Id"))
        for entry in entries:
            if entry.get("TargetMode") == "External":
                yield f"{name}: {entry.get('Target')} lies outside"
            elif normpath(join(folder, str(entry.get("Target")))) not in parts:
                yield f"{name}: {entry.get('Target')} does not exist"
        if source in trees:
            known = {entry.get("Id") for entry in entries}
            used = {element.get(f"{{{R}}}id") for element in trees[source].iter()} - {None}
            yield from (f"{source}: relationship {key} does not exist" for key in sorted(map(str, used - known)))


def _repeated(entries: list[Element], attribute: str) -> Iterator[Element]:
    seen: set[str | None] = set()
    for entry in entries:
        if entry.get(attribute) in seen:
            yield entry
        seen.add(entry.get(attribute))


def _ids(elements: Iterator[Element], attribute: str, noun: str) -> Iterator[str]:
    count = Counter(element.get(w(attribute)) for element in elements)
    yield from (f"{noun} {key!r} occurs {number} times" for key, number in count.items() if number > 1)


def _cells(tree: Element) -> Iterator[str]:
    for table in tree.iter(w("tbl")):
        columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        for number, row in enumerate(table.findall(w("tr")), start=1):
            cells = row.findall(w("tc"))
            if len(cells) != columns:
                yield f"row {number} has {len(cells)} cells for {columns} columns"
            for cell in cells:
                if not len(cell) or cell[-1].tag != w("p"):
                    yield f"a cell of row {number} does not end in a paragraph"


def _order(tree: Element) -> Iterator[str]:
    for name, order in CHILD_ORDER.items():
        for element in tree.iter(w(name)):
            children = [etree.QName(part).localname for part in element]
            unknown = [part for part in children if part not in order]
            if unknown:
                yield f"{name} holds {unknown}, of which nothing is known"
            elif children != sorted(children, key=order.index):
                yield f"{name} has its children out of order: {children}"


def _texts(tree: Element) -> Iterator[str]:
    for text in tree.iter(w("t"), w("delText")):
        deleted = any(parent.tag == w("del") for parent in text.iterancestors())
        if deleted is not (text.tag == w("delText")):
            yield f"{text.text!r} is written as {etree.QName(text).localname}"
        if text.text != (text.text or "").strip() and text.get(XML_SPACE) != "preserve":
            yield f"{text.text!r} loses its outer spaces"


def _styles(tree: Element, styles: Element) -> Iterator[str]:
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table", "basedOn": None, "next": "paragraph"}
    known = {(style.get(w("styleId")), style.get(w("type"))) for style in styles.iter(w("style"))}
    for name, kind in kinds.items():
        for use in tree.iter(w(name)):
            parent = use.getparent()
            wanted = kind or (None if parent is None else parent.get(w("type")))
            if (use.get(w("val")), wanted) not in known:
                yield f"{wanted} style {use.get(w('val'))!r} does not exist"


def _bookmarks(tree: Element) -> Iterator[str]:
    starts, ends = list(tree.iter(w("bookmarkStart"))), list(tree.iter(w("bookmarkEnd")))
    yield from _ids(iter(starts), "id", "bookmark id")
    yield from _ids(iter(starts), "name", "bookmark")
    if Counter(start.get(w("id")) for start in starts) != Counter(end.get(w("id")) for end in ends):
        yield "bookmarks begin and end in different numbers"


def _revisions(tree: Element) -> Iterator[str]:
    marks = [*tree.iter(w("ins")), *tree.iter(w("del")), *tree.iter(w("comment"))]
    yield from _ids(iter(marks), "id", "revision")
    for mark in marks:
        if not (mark.get(w("author")) or "").strip():
            yield "a revision has no author"
        if not _MOMENT.fullmatch(mark.get(w("date")) or ""):
            yield f"a revision is dated {mark.get(w('date'))!r}"
