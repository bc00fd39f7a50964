"""The journal: who did what, when, in chains that nobody can change without its being seen."""

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.content import digest
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.dialogue import Delegation

SHARED: Final = ""
"""The chain of what all sides see; every other chain is named by its delegation's code."""


class Entered(StrEnum):
    """What the journal says was done."""

    DIALOGUE_LOADED = "dialogue_loaded"
    MEMBER_JOINED = "member_joined"
    ADDITION_TABLED = "addition_tabled"
    AMENDMENT_TABLED = "amendment_tabled"
    AMENDMENT_ACCEPTED = "amendment_accepted"
    AMENDMENT_KEPT = "amendment_kept"
    AMENDMENT_WITHDRAWN = "amendment_withdrawn"
    WORDING_MADE = "wording_made"
    POSITION_TAKEN = "position_taken"
    CERTIFIED = "certified"
    DEFERRAL_CONSENTED = "deferral_consented"
    DEFERRAL_REVOKED = "deferral_revoked"
    DEFERRED = "deferred"
    COMMENTED = "commented"
    AGENDA_ITEM_PROPOSED = "agenda_item_proposed"
    AGENDA_ITEM_DISPOSED = "agenda_item_disposed"
    LIST_CONFIRMED = "list_confirmed"
    ISSUED = "issued"
    ADOPTED = "adopted"
    FROZEN = "frozen"
    DRAFT_BEGUN = "draft_begun"
    DRAFT_SAVED = "draft_saved"
    DRAFT_SHARED = "draft_shared"
    DRAFT_DISCARDED = "draft_discarded"
    COMMENTED_INTERNALLY = "commented_internally"
    DOCUMENT_MADE = "document_made"
    AMENDMENT_ACCEPTED_IN_PART = "amendment_accepted_in_part"
    AMENDMENT_CARRIED_OVER = "amendment_carried_over"
    MOTION_PUT = "motion_put"
    MOTION_CONSENTED = "motion_consented"
    MOTION_OBJECTED = "motion_objected"
    MOTION_TAKEN_BACK = "motion_taken_back"
    MOTION_WITHDRAWN = "motion_withdrawn"
    MOTION_CARRIED = "motion_carried"
    MOTION_BROKEN = "motion_broken"
    DIALOGUE_OPENED = "dialogue_opened"
    SESSION_OPENED = "session_opened"
    SESSION_CHANGED = "session_changed"
    LIST_CHANGED = "list_changed"
    AGREEMENT_OPENED = "agreement_opened"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    MEMBERSHIP_ENDED = "membership_ended"
    COMMENT_EDITED = "comment_edited"
    COMMENT_WITHDRAWN = "comment_withdrawn"
    THREAD_RESOLVED = "thread_resolved"
    THREAD_REOPENED = "thread_reopened"
    TASK_GIVEN = "task_given"
    TASK_DONE = "task_done"
    TASK_REOPENED = "task_reopened"
    TASK_TAKEN_BACK = "task_taken_back"
    DRAFT_RESTORED = "draft_restored"
    DRAFT_PLACED = "draft_placed"
    OTHER_LANGUAGE_STANDS = "other_language_stands"
    HANDED_OVER = "handed_over"
    HAND_OVER_DONE = "hand_over_done"
    HAND_OVER_TAKEN_BACK = "hand_over_taken_back"
    TABLING_DECIDED = "tabling_decided"
    AMENDMENT_ENDED = "amendment_ended"
    DIALOGUE_CHANGED = "dialogue_changed"
    NAMING_CONSENTED = "naming_consented"
    NAMING_TAKEN_BACK = "naming_taken_back"


#: What a person does alone: read by nobody else, not even in the own delegation.
ALONE: Final = frozenset(
    {
        Entered.DRAFT_BEGUN,
        Entered.DRAFT_SAVED,
        Entered.DRAFT_DISCARDED,
        Entered.DRAFT_RESTORED,
        Entered.DRAFT_PLACED,
        Entered.OTHER_LANGUAGE_STANDS,
    }
)


class JournalEntry(Base, kw_only=True):
    """One act, as the record has it; append-only in the database itself.

    Each entry's hash covers its own fields and the hash of the entry before it in the same
    chain. There is one chain for what is shared and one for each delegation's internal
    acts, so that neither tells anything of the other.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (sa.UniqueConstraint("dialogue_id", "chain", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"))
    chain: orm.Mapped[str]
    number: orm.Mapped[int]
    """Within its chain, from 1."""
    act: orm.Mapped[Entered]
    agreement_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True)
    paragraph_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"))
    membership_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("membership.id"))
    """Who acted; shown to the own side only. ``None`` for what the command line did."""
    details: orm.Mapped[str]
    """A JSON object: what the act was about, hashes included."""
    at: orm.Mapped[dt.datetime]
    previous_hash: orm.Mapped[str]
    """Of the entry before it in its chain; empty for the first."""
    entry_hash: orm.Mapped[str]

    delegation: orm.Mapped[Delegation | None] = orm.relationship(init=False, viewonly=True)
    membership: orm.Mapped[Membership | None] = orm.relationship(init=False, viewonly=True)
    paragraph: orm.Mapped[Paragraph | None] = orm.relationship(init=False, viewonly=True)

    @property
    def said(self) -> Mapping[str, str]:
        """The details, read."""
        read: dict[str, str] = json.loads(self.details)
        return read

    @property
    def recomputed_hash(self) -> str:
        """The hash as it must be; anything else in `entry_hash` means the entry was changed."""
        return entry_hash(
            chain=(str(self.dialogue_id), self.chain, str(self.number)),
            act=self.act,
            about=(str(self.agreement_id or ""), str(self.paragraph_id or "")),
            by=(str(self.delegation_id or ""), str(self.membership_id or "")),
            details=self.details,
            at=self.at,
            previous=self.previous_hash,
        )


def entry_hash(
    *,
    chain: tuple[str, str, str],
    act: str,
    about: tuple[str, str],
    by: tuple[str, str],
    details: str,
    at: dt.datetime,
    previous: str,
) -> str:
    """Return the hash of a journal entry: its fields in this order, and the hash before it (:func:`digest`).

    Args:
        chain: Dialogue, chain, number in it.
        act: What was done.
        about: Agreement and paragraph.
        by: Delegation and membership.
        details: As stored.
        at: In UTC, to the microsecond.
        previous: The hash of the entry before it; empty for the first.

    """
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return digest(["entry 1", *chain, act, *about, *by, details, moment, previous])
