"""Documents: an agreement as the export library takes it, and the record of what was made.

The only modules that know both sides: rows on one, `exports` on the other.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from sqlalchemy import orm

import exports
from workflow.domain.negotiation import Stage
from workflow.models import Agreement, Document, Entered, Membership
from workflow.services.clock import now
from workflow.services.documents import papers, redlines, tables, texts
from workflow.services.documents.choices import (
    ENDINGS,
    HOUSES,
    LAYOUTS,
    MIME_TYPES,
    PAPERS,
    TABLE,
    DocumentKind,
    Form,
    Making,
    NothingToPrint,
    WrongCombination,
    fitting,
    forms_of,
    layouts_of,
)
from workflow.services.documents.frame import draft_mark, file_name
from workflow.services.documents.words import EXERCISE, UNOFFICIAL_ZH
from workflow.services.journal import chain_of, enter
from workflow.services.reading import Reading

__all__ = [
    "ENDINGS",
    "EXERCISE",
    "HOUSES",
    "LAYOUTS",
    "MIME_TYPES",
    "PAPERS",
    "TABLE",
    "UNOFFICIAL_ZH",
    "DocumentKind",
    "Form",
    "Made",
    "Making",
    "NoPdf",
    "NothingToPrint",
    "WrongCombination",
    "describe",
    "draft_mark",
    "file_name",
    "fitting",
    "forms_of",
    "layouts_of",
    "made",
    "make",
    "preview",
    "record",
]

NoPdf = exports.NoPdf

Described: TypeAlias = exports.TextDocument | exports.TableDocument
_Describe: TypeAlias = Callable[[orm.Session, Reading, Making], Described]

_DESCRIBE: Final[Mapping[DocumentKind, _Describe]] = {
    DocumentKind.TEXT: lambda _session, reading, making: texts.text(reading, making),
    DocumentKind.NEGOTIATING: lambda _session, reading, making: texts.negotiating_text(reading, making),
    DocumentKind.REDLINE: redlines.redline,
    DocumentKind.WORKING_TABLE: tables.working_table,
    DocumentKind.FOUR_COLUMN: tables.four_column,
    DocumentKind.POSITIONS: tables.positions,
    DocumentKind.AGENDA: papers.agenda,
    DocumentKind.PARTICIPANTS: papers.participants,
    DocumentKind.STATEMENTS: papers.statements_for_the_record,
    DocumentKind.CERTIFICATE: papers.certificate,
}


def describe(session: orm.Session, reading: Reading, making: Making) -> Described:
    """Return the document `making` asks for of `reading` as the export library takes it.

    Raises:
        ValueError: If there is no text yet, or no edition, Rev., wording or amendment as `making` names it.
        WrongCombination: If choices do not go together.
        NothingToPrint: If the document would be empty.

    """
    return _DESCRIBE[making.kind](session, reading, making)


def make(session: orm.Session, reading: Reading, making: Making) -> bytes:
    """Return the document `making` asks for of the text of `reading`. The same record gives the same bytes.

    Plain text of a recorded agreement in a language it was published in comes without
    any addition, line for line as published. Everything else says what it is.

    Raises:
        ValueError: As `describe` does.
        NoPdf: If a PDF is asked for and none can be made here.

    """
    if making.form is Form.JSON:
        return papers.fields_of_the_hash(reading)
    document = describe(session, reading, making)
    if making.form is Form.TEXT:
        return _text(reading, making, document).encode()
    if making.form is Form.HTML:
        return exports.write_html(document)
    docx = (
        exports.write_table(document) if isinstance(document, exports.TableDocument) else exports.write_docx(document)
    )
    return exports.write_pdf(docx, as_of=document.as_of) if making.form is Form.PDF else docx


def preview(session: orm.Session, reading: Reading, making: Making) -> str:
    """Return the document `making` asks for as an HTML element, its text escaped, for a page to show.

    Raises:
        ValueError: As `describe` does.

    """
    return exports.fragment(describe(session, reading, making))


def _text(reading: Reading, making: Making, document: Described) -> str:
    if isinstance(document, exports.TableDocument):
        return exports.write_table_text(document)
    is_published = reading.stage is Stage.RECORDED and making.kind is DocumentKind.TEXT and making.languages
    if is_published and making.languages[0] not in reading.agreement.unofficial:
        document = replace(document, cover=(), notices=(), draft_mark=None)
    return exports.write_text(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document, and of what text exactly it was made."""

    file: bytes
    making: Making
    rev: int | None
    listing_hash: str


def made(session: orm.Session, reading: Reading, making: Making) -> Made:
    """Return the document `making` asks for, with the text it holds named as it was read.

    Raises:
        ValueError: As `describe` does.

    """
    return Made(
        file=make(session, reading, making),
        making=making,
        rev=reading.rev if reading.stage is Stage.NEGOTIATION else None,
        listing_hash=reading.listing,
    )


def record(session: orm.Session, *, agreement: Agreement, by: Membership, made: Made) -> Document:
    """Record that `by` had `made` of the text of `agreement`; return the row, flushed.

    Who takes what home is a delegation's own affair: the entry goes to its own chain.
    """
    making = made.making
    document = Document(
        agreement=agreement,
        delegation=by.delegation,
        membership_id=by.id,
        kind=making.kind,
        house=making.house,
        layout=making.layout,
        format=making.form,
        paper=making.paper,
        edition=making.edition or "",
        is_attributed=making.is_attributed,
        is_own=making.own is not None,
        since=making.since,
        until=making.until,
        about_paragraph=making.paragraph,
        about_amendment=making.amendment,
        rev=made.rev,
        listing_hash=made.listing_hash,
        sha256=hashlib.sha256(made.file).hexdigest(),
        at=now(session),
    )
    session.add(document)
    session.flush()
    enter(
        session,
        Entered.DOCUMENT_MADE,
        by=by,
        dialogue=agreement.dialogue,
        agreement=agreement,
        chain=chain_of(by),
        document=str(document.id),
        kind=document.kind,
        layout=document.layout,
        sha256=document.sha256,
    )
    return document
