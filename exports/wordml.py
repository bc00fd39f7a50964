"""WordprocessingML as trees of plain lxml: the parts around a text, which are small.

The text itself is written by :mod:`exports.markup`.

Source:
    ISO/IEC 29500-1 (WordprocessingML, transitional), clause 17. The order of children
    is the schema's, which Word insists on.

"""

from typing import Final, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 -- lxml has no public name for its element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NAMESPACES: Final = {"w": W, "r": R}

#: Where the text stands in a part that is serialised without it.
_TEXT: Final = b"<!--text-->"


def w(name: str) -> str:
    """Return the qualified name of `name`, e.g. ``{http://…/main}val`` for ``val``."""
    return f"{{{W}}}{name}"


def element(name: str) -> Element:
    """Return a new element `name` that can stand at the root of a part."""
    return etree.Element(w(name), nsmap=_NAMESPACES)


def child(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append a new element `name` to `parent` and return it."""
    made = etree.SubElement(parent, w(name))
    for attribute, value in attributes.items():
        made.set(w(attribute), str(value))
    return made


def serialised(root: Element) -> bytes:
    """Return the bytes of a part whose root is `root`."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def serialised_around(root: Element, parent: Element, text: bytes | bytearray) -> bytes:
    """Return the bytes of the part with `root`; `parent`, an element of it, begins with the markup `text`."""
    parent.insert(0, etree.Comment("text"))
    before, after = serialised(root).split(_TEXT)
    return b"".join((before, text, after))


def graft(parent: Element, markup: str) -> None:
    """Append what `markup` says, as elements, to `parent`."""
    parent.extend(etree.fromstring(f'<w:x xmlns:w="{W}">{markup}</w:x>'))
