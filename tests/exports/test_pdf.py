"""PDF: through LibreOffice, alone, and a plain word where there is none."""

import os
import shutil
import stat
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.xmp import XmpInformation

from exports import NoPdf, pdf, write_docx, write_pdf
from exports.pdf import discreet
from tests.exports.samples import agreement

ROOT = Path(__file__).parent.parent.parent
AS_OF = datetime(2019, 3, 13, 1, 30, tzinfo=timezone(timedelta(hours=8)))


def small_pdf() -> bytes:
    """Return a PDF of one empty page that says who made it, when, and where."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.metadata = {"/Title": "T", "/Creator": "Writer", "/Producer": "LibreOffice", "/CreationDate": "D:2026"}
    writer.xmp_metadata = XmpInformation.create()
    writer.xmp_metadata.xmp_creator_tool = "Writer"
    writer.generate_file_identifiers()
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the path; what is put there as ``soffice`` is LibreOffice."""
    for name in ("sh", "cat", "cp", "sleep"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def script(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.documents
def test_libreoffice_makes_a_pdf() -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")

    made = write_pdf(write_docx(agreement()), as_of=AS_OF)

    assert made.startswith(b"%PDF-")
    assert PdfReader(BytesIO(made)).metadata == {
        "/Title": "Sample agreement",
        "/CreationDate": "D:20190312173000Z",
        "/ModDate": "D:20190312173000Z",
    }


@pytest.mark.documents
def test_two_days_apart_and_in_two_processes_the_same_document_is_the_same_pdf() -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    script = textwrap.dedent(
        """
        import hashlib
        from tests.exports.samples import agreement
        from tests.exports.test_pdf import AS_OF
        from exports import write_docx, write_pdf
        print(hashlib.sha256(write_pdf(write_docx(agreement()), as_of=AS_OF)).hexdigest())
        """
    )
    faketime = shutil.which("faketime")
    later = [faketime, "-f", "+2d"] if faketime else ["sh", "-c", 'sleep 2; exec "$@"', "sh"]
    hashes = {
        subprocess.run(
            [*before, sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for before, zone in (([], "EST5"), (later, "CST-8"))
    }

    assert len(hashes) == 1


def test_a_pdf_says_its_name_and_a_moment_of_the_record_and_nothing_else() -> None:
    one, other = (discreet(small_pdf(), as_of=moment) for moment in (AS_OF, AS_OF.astimezone(UTC)))
    reader = PdfReader(BytesIO(one))

    assert one == other
    assert not [word for word in (b"Writer", b"LibreOffice", b"pypdf", b"D:2026", b"/ID") if word in one]
    assert reader.metadata == {"/Title": "T", "/CreationDate": "D:20190312173000Z", "/ModDate": "D:20190312173000Z"}
    assert reader.xmp_metadata is None


def test_a_pdf_that_cannot_be_read_is_none() -> None:
    with pytest.raises(NoPdf, match="cannot be read"):
        discreet(b"%PDF-", as_of=AS_OF)


def test_without_libreoffice_a_sentence_says_what_to_do(office: Path) -> None:
    with pytest.raises(NoPdf, match="LibreOffice is not installed here: make a Word document"):
        write_pdf(b"", as_of=AS_OF)


def test_what_libreoffice_complains_of_is_passed_on(office: Path) -> None:
    script(office, "soffice", "echo broken >&2; exit 3")
    with pytest.raises(NoPdf, match="LibreOffice made no PDF: broken"):
        write_pdf(b"", as_of=AS_OF)


def test_it_is_not_waited_for_without_end(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.2)
    script(office, "soffice", "exec sleep 30")
    with pytest.raises(NoPdf, match=r"made no PDF within 0[.]2 seconds"):
        write_pdf(b"", as_of=AS_OF)


@pytest.mark.parametrize(("allowed", "alone"), [("0", True), ("1", False)])
def test_it_runs_without_a_network_where_the_system_allows_it(
    office: Path, monkeypatch: pytest.MonkeyPatch, *, allowed: str, alone: bool
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    script(office, "true", "exit 0")
    script(office, "unshare", f'[ "$3" = true ] && exit {allowed}\nshift 2\nALONE=1 exec "$@"')
    script(
        office,
        "soffice",
        f'while [ "$1" != --outdir ]; do shift; done\necho "$ALONE$https_proxy" > {office}/said\n'
        f'cp {office}/small.pdf "$2/document.pdf"',
    )
    (office / "small.pdf").write_bytes(small_pdf())

    assert write_pdf(b"", as_of=AS_OF) == discreet(small_pdf(), as_of=AS_OF)
    assert (office / "said").read_text() == ("1\n" if alone else "\n")
