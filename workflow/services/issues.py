"""Issuing the text as the next Rev.: a frozen listing with fresh working numbers."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.closing import refusals_to_issue
from workflow.domain.negotiation import OutOfOrder
from workflow.domain.numbering import Renumbering, old_to_new, renumbered
from workflow.models import Agreement, Entered, Issue, IssueEntry, Membership, Paragraph
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import UNNUMBERED, read


def issue(session: orm.Session, *, agreement: Agreement, by: Membership) -> Issue:
    """Issue the text of `agreement` as it stands; return the Rev., flushed.

    Raises:
        OutOfOrder: If the text is closed, or nothing changed since the last Rev.

    """
    reading = read(session, agreement.id)
    if reasons := refusals_to_issue(reading.closing):
        raise OutOfOrder(reasons)
    was, gone = reading.numbers, reading.gone
    numbers = renumbered([one.paragraph.id for one in reading.in_the_text if one.paragraph.kind not in UNNUMBERED])
    made = Issue(
        agreement=agreement,
        membership_id=by.id,
        number=(reading.rev or 0) + 1,
        state_hash=reading.closing.issuable,
        gone={str(key): number for key, number in gone.items()},
        at=now(session),
    )
    session.add(made)
    for placed in reading.order:
        placed.paragraph.given_number = None  # the Rev. numbers all afresh
    session.flush()
    session.add_all(
        IssueEntry(
            issue=made,
            paragraph=placed.paragraph,
            wording=placed.paragraph.current_wording,
            position=position,
            depth=placed.depth,
            number=numbers.get(placed.paragraph.id, ""),
            was=was.get(placed.paragraph.id, ""),
        )
        for position, placed in enumerate(reading.in_the_text, start=1)
    )
    session.flush()
    enter(
        session,
        Entered.ISSUED,
        by=by,
        dialogue=agreement.dialogue,
        agreement=agreement,
        rev=str(made.number),
        hash=made.state_hash,
        listing=reading.listing,
    )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """One paragraph as a Rev. lists it."""

    entry: IssueEntry
    text: Bilingual
    """Its wording then; for what was not common text, the addition as it was tabled then."""


def entries(session: orm.Session, issue: Issue) -> tuple[EntryShown, ...]:
    """Return what `issue` lists, in order, with the texts as they stood."""
    listed = session.scalars(
        sa.select(IssueEntry)
        .where(IssueEntry.issue_id == issue.id)
        .options(
            orm.joinedload(IssueEntry.wording), orm.joinedload(IssueEntry.paragraph).selectinload(Paragraph.amendments)
        )
        .order_by(IssueEntry.position)
    )
    return tuple(EntryShown(entry=entry, text=_text_then(entry, issue)) for entry in listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberShown:
    """One row of the table of old and new numbers."""

    renumbering: Renumbering[UUID]
    paragraph: Paragraph
    text: Bilingual
    """As this Rev. lists it, or what it said last where it is gone."""


def renumberings(session: orm.Session, issue: Issue) -> tuple[NumberShown, ...]:
    """Return the table of old and new numbers of `issue`: in the new order, then what is no longer there."""
    listed = {one.entry.paragraph_id: one for one in entries(session, issue)}
    paragraphs = {one.id: one for one in issue.agreement.paragraphs}
    gone = {key: number for key in paragraphs if (number := issue.gone.get(str(key)))}
    old = {key: one.entry.was for key, one in listed.items() if one.entry.was} | gone
    new = {key: one.entry.number for key, one in listed.items() if one.entry.number}
    return tuple(
        NumberShown(
            renumbering=one,
            paragraph=paragraphs[one.key],
            text=listed[one.key].text if one.key in listed else paragraphs[one.key].last_text,
        )
        for one in old_to_new(old, new)
    )


def _text_then(entry: IssueEntry, issue: Issue) -> Bilingual:
    if entry.wording is not None:
        return entry.wording.text
    tabled = [one for one in entry.paragraph.amendments if one.is_addition and one.at <= issue.at]
    return tabled[-1].text if tabled else NOTHING
