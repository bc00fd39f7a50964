"""The package: only parts that are allowed, in one order, with nothing of the machine."""

import zipfile
from io import BytesIO

import pytest

from exports.document import Paper
from exports.docx_text import write_docx
from exports.package import PARTS, archive, blank
from exports.styles import NEUTRAL
from tests.exports.samples import agreement


def test_a_part_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"docProps/thumbnail\.jpeg"):
        archive(dict.fromkeys(PARTS, b"") | {"docProps/thumbnail.jpeg": b""})


def test_a_missing_part_is_refused() -> None:
    with pytest.raises(ValueError, match=r"word/settings\.xml"):
        archive({name: b"" for name in PARTS if name != "word/settings.xml"})


def test_the_archive_tells_neither_a_time_nor_a_system() -> None:
    with zipfile.ZipFile(BytesIO(write_docx(agreement()))) as package:
        entries = package.infolist()

    assert {(one.date_time, one.create_system, one.external_attr) for one in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0x20)
    }
    assert {one.compress_type for one in entries} == {zipfile.ZIP_DEFLATED}
    assert {(one.extra, one.comment) for one in entries} == {(b"", b"")}


def test_a_blank_document_has_a_header_and_a_footer_without_text() -> None:
    section = blank(NEUTRAL, Paper.A4).sections[0]

    assert (len(section.header.paragraphs), len(section.footer.paragraphs)) == (0, 0)
    assert not section.header.is_linked_to_previous
    assert not section.footer.is_linked_to_previous
