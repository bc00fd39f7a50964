"""PDF of a document, through LibreOffice where it is installed, and without a network.

LibreOffice once fetched a linked image from outside. Our documents link to nothing; all
the same it runs with a profile of its own, whose proxy leads nowhere, and where the system
allows it in a network of its own, in which there is nothing to reach.

What LibreOffice says of itself and of the moment is taken out again: the same document gives
the same bytes with the same LibreOffice and fonts, and says no more than the document does.
"""

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError

#: Seconds. A document of 6,000 paragraphs takes half of it on a slow machine.
PATIENCE: Final = 240

_REGISTRY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM: Final = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
_SETTINGS: Final = (
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
)


class NoPdf(Exception):  # noqa: N818 -- what a reader would say
    """No PDF can be made here; the message says why."""


def write_pdf(docx: bytes, *, as_of: datetime) -> bytes:
    """Return the document `docx` as a PDF that says of itself its name and `as_of`, a moment of the record.

    Raises:
        NoPdf: If LibreOffice is not installed, or made none.

    """
    return discreet(_converted(docx), as_of=as_of)


def discreet(pdf: bytes, *, as_of: datetime) -> bytes:
    """Return `pdf` without what its maker said of itself: a title and `as_of` are all that remains.

    The identifier of the file, which is random, the checksum and any XMP go with the rest.

    Raises:
        NoPdf: If it is none, or damaged.

    """
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        title = reader.metadata.title if reader.metadata else None
        reader.root_object.pop("/Metadata", None)  # XMP; what the reader does not know, the writer does not take over
        writer = PdfWriter(clone_from=reader)
    except PdfReadError as fault:
        message = f"LibreOffice made a PDF that cannot be read: {fault}"
        raise NoPdf(message) from None
    moment = as_of.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    writer.metadata = None
    writer.metadata = {"/Title": title or "", "/CreationDate": moment, "/ModDate": moment}
    writer._ID = None  # noqa: SLF001 -- the library makes identifiers, and has no other way to leave one out
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _converted(docx: bytes) -> bytes:
    """Return what LibreOffice makes of `docx`."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        message = "LibreOffice is not installed here: make a Word document and print it to PDF, or install LibreOffice"
        raise NoPdf(message)
    with tempfile.TemporaryDirectory(prefix="alternat-pdf-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
        (user / "registrymodifications.xcu").write_text(_REGISTRY.format(items=items))
        (folder / "document.docx").write_bytes(docx)
        command = [
            *_alone(),
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", name, str(folder / "document.docx")),
        ]
        kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        try:
            said = subprocess.run(  # noqa: S603 -- our own words, and a file of our own
                command, check=False, capture_output=True, timeout=PATIENCE, env={**kept, "HOME": name}
            )
        except subprocess.TimeoutExpired:
            message = f"LibreOffice made no PDF within {PATIENCE} seconds"
            raise NoPdf(message) from None
        made = folder / "document.pdf"
        if not made.exists():
            message = f"LibreOffice made no PDF: {said.stderr.decode(errors='replace').strip() or said.returncode}"
            raise NoPdf(message)
        return made.read_bytes()


def _alone() -> list[str]:
    """Return what puts a command into a network of its own, or nothing where the system does not allow that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    asked = [unshare, "--net", "--map-root-user"]
    tried = subprocess.run([*asked, "true"], check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603
    return asked if tried.returncode == 0 else []
