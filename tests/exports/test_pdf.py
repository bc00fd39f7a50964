"""PDF: through LibreOffice, alone, and a plain word where there is none."""

import shutil
import stat
from pathlib import Path

import pytest

from exports import NoPdf, pdf, write_docx, write_pdf
from tests.exports.samples import agreement


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the path; what is put there as ``soffice`` is LibreOffice."""
    for name in ("sh", "cat", "sleep"):
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

    assert write_pdf(write_docx(agreement())).startswith(b"%PDF-")


def test_without_libreoffice_a_sentence_says_what_to_do(office: Path) -> None:
    with pytest.raises(NoPdf, match="LibreOffice is not installed here: make a Word document"):
        write_pdf(b"")


def test_what_libreoffice_complains_of_is_passed_on(office: Path) -> None:
    script(office, "soffice", "echo broken >&2; exit 3")
    with pytest.raises(NoPdf, match="LibreOffice made no PDF: broken"):
        write_pdf(b"")


def test_it_is_not_waited_for_without_end(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.2)
    script(office, "soffice", "exec sleep 30")
    with pytest.raises(NoPdf, match=r"made no PDF within 0[.]2 seconds"):
        write_pdf(b"")


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
        'while [ "$1" != --outdir ]; do shift; done\necho "$ALONE$https_proxy" > "$2/document.pdf"',
    )

    assert write_pdf(b"") == (b"1\n" if alone else b"\n")
