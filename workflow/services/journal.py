"""Writing the journal, and checking that nobody has changed it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING
from workflow.domain.replay import AgreementTold, Told, replay
from workflow.models import SHARED, Agreement, Dialogue, Entered, JournalEntry, Membership, Paragraph, Wording
from workflow.services.clock import now


def chain_of(member: Membership) -> str:
    """Return the chain for what `member` does out of the others' sight: the delegation's, or the office's own."""
    return member.delegation.code if member.delegation else f"-{member.role}"


def enter(
    session: orm.Session,
    act: Entered,
    *,
    by: Membership | None,
    dialogue: Dialogue,
    agreement: Agreement | None = None,
    paragraph: Paragraph | None = None,
    chain: str = SHARED,
    **details: str,
) -> JournalEntry:
    """Append an entry to `chain` of `dialogue`, which the caller has locked; return it, flushed.

    Args:
        session: Writing.
        act: What was done.
        by: Who did it; ``None`` for the command line.
        dialogue: Whose journal.
        agreement: What it was done to, if an agreement.
        paragraph: And which paragraph of it.
        chain: `SHARED`, or `chain_of` a member for what the others must not learn.
        details: What it was about; strings only, so that they hash the same everywhere.

    """
    last = session.execute(
        sa.select(JournalEntry.number, JournalEntry.entry_hash)
        .where(JournalEntry.dialogue_id == dialogue.id, JournalEntry.chain == chain)
        .order_by(JournalEntry.number.desc())
        .limit(1)
    ).first()
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    at = now(session)
    delegation_id = by.delegation_id if by else None
    written = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = JournalEntry(
        dialogue_id=dialogue.id,
        chain=chain,
        number=number,
        act=act,
        agreement_id=agreement.id if agreement else None,
        paragraph_id=paragraph.id if paragraph else None,
        delegation_id=delegation_id,
        membership_id=by.id if by else None,
        details=written,
        at=at,
        previous_hash=previous,
        entry_hash="",
    )
    entry.entry_hash = entry.recomputed_hash
    session.add(entry)
    session.flush()
    return entry


class Fault(StrEnum):
    """What is wrong with a record."""

    ENTRY_CHANGED = "entry_changed"
    ENTRY_MISSING = "entry_missing"
    CHAIN_BROKEN = "chain_broken"
    WORDING_CHANGED = "wording_changed"
    WORDING_UNKNOWN = "wording_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where the record does not fit."""

    fault: Fault
    dialogue: str
    chain: str = ""
    number: int = 0
    """Of the entry; 0 where it is about a wording."""
    what: str = ""


def verify(session: orm.Session) -> tuple[Finding, ...]:
    """Return every place where a chain or a content hash does not fit, oldest first within each chain."""
    return tuple(_findings(session))


def _findings(session: orm.Session) -> Iterator[Finding]:
    for dialogue in session.scalars(sa.select(Dialogue).order_by(Dialogue.short_name)):
        chains = session.scalars(
            sa.select(JournalEntry.chain).where(JournalEntry.dialogue_id == dialogue.id).distinct()
        )
        for chain in sorted(chains):
            yield from _broken(session, dialogue, chain)
        yield from _changed_wordings(session, dialogue)


def _broken(session: orm.Session, dialogue: Dialogue, chain: str) -> Iterator[Finding]:
    entries = session.scalars(
        sa.select(JournalEntry)
        .where(JournalEntry.dialogue_id == dialogue.id, JournalEntry.chain == chain)
        .order_by(JournalEntry.number)
    )
    expected, previous = 1, ""
    for entry in entries:
        where = {"dialogue": dialogue.short_name, "chain": chain, "number": entry.number, "what": entry.act}
        if entry.number != expected:
            yield Finding(fault=Fault.ENTRY_MISSING, **(where | {"number": expected}))  # type: ignore[arg-type]  # as above
        elif entry.previous_hash != previous:
            yield Finding(fault=Fault.CHAIN_BROKEN, **where)  # type: ignore[arg-type]  # one of each kind, as above
        if entry.recomputed_hash != entry.entry_hash:
            yield Finding(fault=Fault.ENTRY_CHANGED, **where)  # type: ignore[arg-type]  # one of each kind, as above
        expected, previous = entry.number + 1, entry.entry_hash


def _changed_wordings(session: orm.Session, dialogue: Dialogue) -> Iterator[Finding]:
    """Find wordings whose hash does not fit, or that no journal entry knows with that hash."""
    entries = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.dialogue_id == dialogue.id, JournalEntry.act == Entered.WORDING_MADE)
    )
    # An entry that was changed says nothing any more: not even that its details can be read.
    known = {
        (one.said.get("wording"), one.said.get("hash")) for one in entries if one.recomputed_hash == one.entry_hash
    }
    for agreement in session.scalars(
        sa.select(Agreement).join(Agreement.session).where(Agreement.session.has(dialogue_id=dialogue.id))
    ):
        for paragraph in agreement.paragraphs:
            for wording in paragraph.wordings:
                what = f"{agreement.short_name} {paragraph.key or paragraph.id} wording {wording.number}"
                if wording.recomputed_hash != wording.content_hash:
                    yield Finding(fault=Fault.WORDING_CHANGED, dialogue=dialogue.short_name, what=what)
                elif (str(wording.id), wording.content_hash) not in known:
                    yield Finding(fault=Fault.WORDING_UNKNOWN, dialogue=dialogue.short_name, what=what)


def enter_wording(session: orm.Session, wording: Wording, *, by: Membership | None, agreement: Agreement) -> None:
    """Enter that `wording` was made, with its hash: `verify` holds the row to it."""
    enter(
        session,
        Entered.WORDING_MADE,
        by=by,
        dialogue=agreement.dialogue,
        agreement=agreement,
        paragraph=wording.paragraph,
        wording=str(wording.id),
        number=str(wording.number),
        hash=wording.content_hash,
        deletes="yes" if wording.text == NOTHING and wording.is_deletion else "no",
    )


def replayed(session: orm.Session, dialogue: Dialogue) -> Mapping[UUID, AgreementTold]:
    """Return what the shared chain of `dialogue` tells of each agreement, by its key (`workflow.domain.replay`)."""
    entries = session.scalars(
        sa.select(JournalEntry)
        .where(
            JournalEntry.dialogue_id == dialogue.id,
            JournalEntry.chain == SHARED,
            JournalEntry.agreement_id.is_not(None),
        )
        .order_by(JournalEntry.number)
        .options(orm.joinedload(JournalEntry.delegation))
    )
    told = (
        Told(
            act=entry.act,
            agreement=entry.agreement_id,
            paragraph=entry.paragraph_id,
            by=entry.delegation.code if entry.delegation else "",
            member=entry.membership_id,
            said=entry.said,
        )
        for entry in entries
        if entry.agreement_id is not None
    )
    return replay(told, sides=dialogue.sides)
