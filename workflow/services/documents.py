"""Documents: an agreement as the export library takes it, and the record of what was made.

The only module that knows both sides: rows on one, `exports` on the other.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sqlalchemy import orm

import exports
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.bracket_display import written
from workflow.domain.negotiation import Stage
from workflow.models import Agreement, Document, Entered, Membership, Paragraph, ParticipantList
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.reading import Reading
from workflow.services.rows import negotiating

EXERCISE: Final = exports.Notice(
    text=exports.Pair(
        "Exercise. The session and this text are fictional; nobody has said or agreed to any of it.",
        "演练文本。本次会议及本文内容均属虚构，不代表任何一方的立场或共识。",
    ),
    short=exports.Pair("Exercise — fictional", "演练——内容虚构"),
)
UNOFFICIAL_ZH: Final = exports.Notice(
    text=exports.Pair(
        "The Chinese text is an unofficial working translation. Only the English text was published as agreed.",
        "中文文本为非官方工作译文，仅供参考；经双方商定并公布的文本为英文文本。",
    ),
    short=exports.Pair("Chinese: unofficial working translation", "中文为非官方工作译文"),
)

#: Each delegation's own edition names it first; so does the language that comes first in it.
LANGUAGE_OF: Final[Mapping[str, Language]] = {"CN": Language.ZH}
PAPERS: Final = tuple(paper.value for paper in exports.Paper)


def describe(reading: Reading, *, edition: str | None = None, paper: str = "a4") -> exports.AgreementDocument:
    """Return the text of `reading` as the export library takes it.

    What is not agreed stands in square brackets, without attribution; what was deferred,
    withdrawn or deleted is left out.

    Args:
        reading: The agreement.
        edition: The delegation whose own edition it is: its list and its language come
            first. ``None``: English first, the lists in the recorded order.
        paper: ``a4`` or ``letter``.

    Raises:
        ValueError: If there is no text yet, or `edition` or `paper` is none there is.

    """
    agreement = reading.agreement
    if edition is not None and edition not in agreement.dialogue.sides:
        message = f"no delegation {edition!r}; there are: {', '.join(agreement.dialogue.sides)}"
        raise ValueError(message)
    lists = sorted(agreement.session.participant_lists, key=lambda one: one.delegation.code != edition)
    return exports.AgreementDocument(
        name=_pair(agreement.name),
        as_of=reading.as_of,
        cover=(_pair(agreement.dialogue.name), _pair(agreement.name)),
        paragraphs=tuple(_paragraph(reading, placed.paragraph) for placed in reading.in_the_text),
        participant_lists=tuple(_list(one) for one in lists if one.participations),
        notices=_notices(agreement),
        draft_mark=draft_mark(reading),
        edition=exports.Language(LANGUAGE_OF.get(edition or "", Language.EN)),
        paper=exports.Paper(paper),
    )


def draft_mark(reading: Reading) -> exports.Pair | None:
    """Return what marks each page of a text that is not adopted: its Rev., and whether it has moved on since."""
    if reading.stage is not Stage.NEGOTIATION:
        return None
    if reading.rev is None:
        return exports.Pair("DRAFT, before Rev.1", "草案（Rev.1印发前）")
    if reading.has_changed_since_rev:
        return exports.Pair(f"DRAFT, text after Rev.{reading.rev}", f"草案（Rev.{reading.rev}印发后的文本）")
    return exports.Pair(f"DRAFT Rev.{reading.rev}", f"草案 Rev.{reading.rev}")


class Form(StrEnum):
    """What kind of file a document is."""

    DOCX = "docx"
    TEXT = "text"


#: What each kind of file is called on the way to a reader.
MIME_TYPES: Final[Mapping[Form, str]] = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.TEXT: "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Which document is asked for."""

    form: Form
    edition: str | None = None
    """The delegation whose own edition it is; ``None`` for the recorded order, English first."""
    paper: str = "a4"
    language: Language | None = None
    """Of plain text: one language; ``None`` for both."""

    @property
    def layout(self) -> str:
        """How both languages stand in it."""
        if self.form is Form.DOCX:
            return "two-column"
        return f"{self.language}-only" if self.language else "sequential"

    @property
    def mimetype(self) -> str:
        """What it is called on the way to a reader."""
        return MIME_TYPES[self.form]

    def file_name(self, short_name: str) -> str:
        """Return what the file is called: plain letters, so that every system takes it."""
        if self.form is Form.TEXT:
            return f"{short_name}-{self.language or 'bilingual'}.txt"
        edition = f"-{self.edition.lower()}-edition" if self.edition else ""
        return f"{short_name}-bilingual{edition}-{self.paper}.docx"


def make(reading: Reading, making: Making) -> bytes:
    """Return the document `making` asks for of the text of `reading`. The same record gives the same bytes.

    Plain text of a recorded agreement in a language it was published in comes without
    any addition, line for line as published. Everything else says what it is.

    Raises:
        ValueError: As `describe` does.

    """
    document = describe(reading, edition=making.edition, paper=making.paper)
    if making.form is Form.DOCX:
        return exports.write_two_column(document)
    agreement = reading.agreement
    if agreement.is_recorded and making.language is not None and making.language not in agreement.unofficial:
        document = replace(document, cover=(), notices=(), draft_mark=None)
    languages = (making.language,) if making.language else ()
    return exports.write_text(document, *(exports.Language(one) for one in languages)).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document, and of what text exactly it was made."""

    file: bytes
    making: Making
    rev: int | None
    listing_hash: str


def made(reading: Reading, making: Making) -> Made:
    """Return the document `making` asks for, with the text it holds named as it was read.

    Raises:
        ValueError: As `describe` does.

    """
    return Made(
        file=make(reading, making),
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
        layout=making.layout,
        format=making.form,
        paper=making.paper,
        edition=making.edition or "",
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
        layout=document.layout,
        sha256=document.sha256,
    )
    return document


def _notices(agreement: Agreement) -> tuple[exports.Notice, ...]:
    notices = [EXERCISE] if agreement.session.is_exercise else []
    return (*notices, *([UNOFFICIAL_ZH] if Language.ZH in agreement.unofficial else []))


def _paragraph(reading: Reading, paragraph: Paragraph) -> exports.Paragraph:
    bracketed = negotiating(reading.state_of(paragraph))
    text = Bilingual(*(written(bracketed[language]) for language in Language)) if bracketed else paragraph.text
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=_pair(text or NOTHING),
        label=_pair(reading.labels[paragraph.id]),
    )


def _list(listed: ParticipantList) -> exports.ParticipantList:
    return exports.ParticipantList(
        heading=_pair(listed.heading),
        participants=tuple(
            exports.Participant(
                name=exports.Pair(one.display.en, one.display.zh or one.display.en),
                separator=exports.Pair(one.separator, "　"),
                title=_pair(one.title),
            )
            for one in listed.participations
        ),
    )


def _pair(text: Bilingual) -> exports.Pair:
    return exports.Pair(text.en, text.zh)
