"""The file around the text: our own template, and a ZIP that is the same every time.

The template is made here, from nothing, so that a document carries no trace of whoever
made a template once. Only the parts of `PARTS` can leave: a part that somebody adds
elsewhere is refused, not shipped.
"""

import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.shared import Twips
from lxml import etree

from exports.document import Origin, Paper
from exports.notes import COMMENTS_PART, FOOTNOTES_PART
from exports.styles import PAPERS, Profile, styles_part
from exports.wordml import Element, R, child, element, serialised, serialised_around

_OFFICE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_RELATIONSHIP: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

#: Of the part that says what a returning copy is to be compared with.
ORIGIN_NAMESPACE: Final = "urn:alternat:origin:1"

#: What stands beside a text that has no notes.
NO_PARTS: Final[Mapping[str, bytes]] = {}

_TYPES_PART: Final = "[Content_Types].xml"
_ROOT_RELATIONSHIPS: Final = "_rels/.rels"
_BODY: Final = "word/document.xml"
_BODY_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_CORE_PART: Final = "docProps/core.xml"

#: Every part a document may have, in the order in which it is written, and its content type.
PARTS: Final[Mapping[str, str]] = {
    _CORE_PART: "application/vnd.openxmlformats-package.core-properties+xml",
    _BODY: f"{_OFFICE}.document.main+xml",
    "word/styles.xml": f"{_OFFICE}.styles+xml",
    "word/settings.xml": f"{_OFFICE}.settings+xml",
    "word/fontTable.xml": f"{_OFFICE}.fontTable+xml",
    "word/header1.xml": f"{_OFFICE}.header+xml",
    "word/footer1.xml": f"{_OFFICE}.footer+xml",
}

_CUSTOM_PROPERTIES: Final = "docProps/custom.xml"
_ORIGIN: Final = "customXml/item1.xml"

#: Parts that a document has only where it needs them, and their content types.
OPTIONAL_PARTS: Final[Mapping[str, str]] = {
    FOOTNOTES_PART: f"{_OFFICE}.footnotes+xml",
    COMMENTS_PART: f"{_OFFICE}.comments+xml",
    _CUSTOM_PROPERTIES: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    _ORIGIN: "application/xml",
}

#: The relationships of the body, by id.
_BODY_TARGETS: Final[Mapping[str, str]] = {
    "rId1": "styles",
    "rId2": "settings",
    "rId3": "fontTable",
    "rId4": "header",
    "rId5": "footer",
}
#: The same of the parts that not every document has: where they are, and what relation they stand in.
_OPTIONAL_TARGETS: Final[Mapping[str, tuple[str, str, str]]] = {
    FOOTNOTES_PART: ("rId6", "footnotes", "footnotes.xml"),
    COMMENTS_PART: ("rId7", "comments", "comments.xml"),
    _ORIGIN: ("rId8", "customXml", "../customXml/item1.xml"),
}

#: 1980 is the first year a ZIP can express; anything later would tell when a file was written.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


def blank(profile: Profile, paper: Paper, *, across: bool = False) -> Document:
    """Return an empty document in `profile` on `paper`, on its side if `across`, with one header and one footer."""
    document = docx.Document(BytesIO(_template(profile)))
    section = document.sections[0]
    width, height = PAPERS[paper]
    if across:
        width, height = height, width
        section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.top_margin, section.bottom_margin = Twips(profile.margin_top), Twips(profile.margin_bottom)
    section.left_margin, section.right_margin = Twips(profile.margin_left), Twips(profile.margin_right)
    section.footer_distance = Twips(profile.margin_bottom // 2)
    return document


def describe(document: Document, *, name: str, as_of: datetime) -> None:
    """Give `document` its properties: a name and a moment of the record, no person and no tool."""
    moment = as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title = name
    properties.created = properties.modified = moment


class Body:
    """The markup of a text while it is being written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._markup = bytearray()

    def add(self, markup: str) -> None:
        """Append `markup`."""
        self._markup += markup.encode()

    def closed(self, section: Element) -> bytes:
        """Return the body as a part of its own, ended by `section`."""
        root = element("document")
        body = child(root, "body")
        body.append(section)
        return serialised_around(root, body, self._markup)


def packed(document: Document, body: Body, *, notes: Mapping[str, bytes] = NO_PARTS) -> bytes:
    """Return `document` with `body` in the place of its own, and `notes` beside it.

    The text never passes through python-docx; of its own body only the last section is
    taken over.
    """
    section = etree.fromstring(etree.tostring(document.element.body[-1]))
    parts = {str(part.partname).lstrip("/"): part.blob for part in document.part.package.iter_parts()}
    parts[_BODY] = body.closed(section)
    if FOOTNOTES_PART in notes:
        parts["word/settings.xml"] = _settings(footnotes=True)
    return archive({**parts, **notes})


def origin_parts(origin: Origin, anchors: Iterable[str]) -> Mapping[str, bytes]:
    """Return the parts by which a copy that comes back is known: the document, its revision, its `anchors` in order."""
    item = etree.Element(f"{{{ORIGIN_NAMESPACE}}}origin", nsmap={None: ORIGIN_NAMESPACE})  # type: ignore[dict-item]
    item.set("document", origin.document)
    item.set("revision", origin.revision)
    for anchor in anchors:
        etree.SubElement(item, f"{{{ORIGIN_NAMESPACE}}}paragraph", anchor=anchor)
    properties = _root(_CUSTOM, "Properties")
    for number, (name, said) in enumerate((("document", origin.document), ("revision", origin.revision)), start=2):
        entry = etree.SubElement(
            properties,
            f"{{{_CUSTOM}}}property",
            fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}",  # the one set of custom properties there is
            pid=str(number),
            name=name,
        )
        etree.SubElement(entry, f"{{{_VARIANT}}}lpwstr").text = said
    return {_CUSTOM_PROPERTIES: serialised(properties), _ORIGIN: serialised(item)}


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return `parts`, by name, as a package: the same parts always give the same bytes.

    Raises:
        ValueError: If a part is none of `PARTS` and `OPTIONAL_PARTS`, or one of `PARTS` is missing.

    """
    besides = tuple(name for name in OPTIONAL_PARTS if name in parts)
    if parts.keys() != {*PARTS, *besides}:
        message = f"not the parts of a document: {sorted(parts.keys() ^ PARTS.keys())}"
        raise ValueError(message)
    written = {
        _TYPES_PART: _content_types(besides),
        _ROOT_RELATIONSHIPS: _root_relationships(besides),
        **{name: parts[name] for name in (*PARTS, *besides)},
        _BODY_RELATIONSHIPS: _body_relationships(besides),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, blob in written.items():
            entry = zipfile.ZipInfo(name, date_time=_NO_DATE)
            entry.create_system = 0  # otherwise the ZIP tells Windows from everything else
            entry.external_attr = 0x20  # an ordinary file; 0 would be taken for "not given" and say 0o600
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, blob, compresslevel=6)
    return stream.getvalue()


@lru_cache(maxsize=8)
def _template(profile: Profile) -> bytes:
    """Return a package without text: styles, settings, fonts, an empty header and footer."""
    return archive(
        {
            _CORE_PART: _core_properties(),
            _BODY: _empty_body(),
            "word/styles.xml": styles_part(profile),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": _font_table(profile),
            "word/header1.xml": serialised(element("hdr")),
            "word/footer1.xml": serialised(element("ftr")),
        }
    )


def _empty_body() -> bytes:
    root = element("document")
    section = child(child(root, "body"), "sectPr")
    for name, key in (("headerReference", "rId4"), ("footerReference", "rId5")):
        child(section, name, type="default").set(f"{{{R}}}id", key)
    child(section, "pgSz", w=0, h=0)
    child(section, "pgMar", top=0, right=0, bottom=0, left=0, header=0, footer=0, gutter=0)
    return serialised(root)


def _settings(*, footnotes: bool = False) -> bytes:
    root = element("settings")
    child(root, "zoom", percent=100)
    child(root, "defaultTabStop", val=420)
    child(root, "characterSpacingControl", val="compressPunctuation")
    if footnotes:
        separators = child(root, "footnotePr")
        for number in (-1, 0):
            child(separators, "footnote", id=number)
    child(
        child(root, "compat"),
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    child(root, "themeFontLang", val="en-US", eastAsia="zh-CN")
    child(root, "decimalSymbol", val=".")
    child(root, "listSeparator", val=",")
    return serialised(root)


def _font_table(profile: Profile) -> bytes:
    """Name the families, and for the Chinese ones the name under which some systems have them."""
    local = {"SimSun": "宋体", "SimHei": "黑体", "FangSong": "仿宋", "KaiTi": "楷体"}
    root = element("fonts")
    faces = (
        *(profile.chinese, profile.chinese_heading, profile.chinese_title),
        *(profile.chinese_level_2, profile.chinese_level_3),
    )
    for family in dict.fromkeys((profile.latin, *faces)):
        font = child(root, "font", name=family)
        if family in local:
            child(font, "altName", val=local[family])
        child(font, "charset", val="86" if family in local else "00")
        child(font, "family", val="auto" if family in local else "roman")
        child(font, "pitch", val="variable")
    return serialised(root)


def _core_properties() -> bytes:
    names = {
        "cp": _CORE,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    return serialised(etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names))


def _content_types(besides: Iterable[str]) -> bytes:
    root = _root(_CONTENT_TYPES, "Types")
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", relationships), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{_CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    for name, kind in (*PARTS.items(), *((name, OPTIONAL_PARTS[name]) for name in besides)):
        etree.SubElement(root, f"{{{_CONTENT_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    return serialised(root)


def _root_relationships(besides: Iterable[str]) -> bytes:
    targets = {"rId1": (f"{R}/officeDocument", _BODY), "rId2": (_CORE_RELATIONSHIP, _CORE_PART)}
    if _CUSTOM_PROPERTIES in besides:
        targets["rId3"] = (f"{R}/custom-properties", _CUSTOM_PROPERTIES)
    return _relationships(targets)


def _body_relationships(besides: Iterable[str]) -> bytes:
    files = {"header": "header1.xml", "footer": "footer1.xml"}
    targets = {key: (f"{R}/{target}", files.get(target, f"{target}.xml")) for key, target in _BODY_TARGETS.items()}
    for name in besides:
        if name in _OPTIONAL_TARGETS:
            key, kind, file = _OPTIONAL_TARGETS[name]
            targets[key] = (f"{R}/{kind}", file)
    return _relationships(targets)


def _relationships(targets: Mapping[str, tuple[str, str]]) -> bytes:
    root = _root(_RELATIONSHIPS, "Relationships")
    for key, (kind, target) in targets.items():
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=key, Type=kind, Target=target)
    return serialised(root)


def _root(namespace: str, name: str) -> Element:
    names = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=names)  # type: ignore[arg-type]  # the stubs know no default
