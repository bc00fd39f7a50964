"""Threads: what is said of a paragraph, of an amendment or of some words, openly or within one delegation."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.bilingual import Language
from workflow.domain.discussion import Quotation, ThreadAct
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.amendment import Amendment
from workflow.models.dialogue import Delegation

if TYPE_CHECKING:
    from workflow.models.comment import Comment


class Scope(StrEnum):
    """Who reads a thread; chosen when it is begun, and never changed."""

    DELEGATION = "delegation"
    SHARED = "shared"


class Thread(Base, kw_only=True):
    """A remark and the replies to it. Immutable: what it is about, and who reads it, stays as it was begun.

    No relationship leads here from the paragraph: threads are read through what an actor may
    see (:mod:`workflow.services.visible`), and by no other way.
    """

    __tablename__ = "thread"
    __table_args__ = (
        sa.CheckConstraint("scope = 'shared' OR delegation_id IS NOT NULL", name="internal_to_a_delegation"),
        sa.CheckConstraint(
            "(language IS NULL) = (start IS NULL) AND (language IS NULL) = (quoted = '')", name="quotes_words_or_none"
        ),
        sa.CheckConstraint("amendment_id IS NULL OR language IS NULL", name="about_one_thing"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    amendment_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("amendment.id"), init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """That of whoever began it; ``None`` for the secretariat."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    scope: orm.Mapped[Scope]
    language: orm.Mapped[Language | None] = orm.mapped_column(default=None)
    """Of the words quoted; ``None`` where none are."""
    start: orm.Mapped[int | None] = orm.mapped_column(default=None)
    """Where they stood, in characters of the text."""
    quoted: orm.Mapped[str] = orm.mapped_column(default="")
    base: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    """The wording, or the addition as tabled, that is quoted, or was the text when it was begun."""
    wording_number: orm.Mapped[int | None] = orm.mapped_column(default=None)
    """The wording that is quoted, or was current; ``None`` while the paragraph was an addition only."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship()
    amendment: orm.Mapped[Amendment | None] = orm.relationship(default=None)
    delegation: orm.Mapped[Delegation | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
    comments: orm.Mapped[list["Comment"]] = orm.relationship(
        order_by="Comment.number", back_populates="thread", default_factory=list, init=False
    )
    events: orm.Mapped[list["ThreadEvent"]] = orm.relationship(
        order_by="ThreadEvent.number", back_populates="thread", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.paragraph.dialogue_key

    @property
    def delegation_code(self) -> str | None:
        """The delegation that alone reads it, for the policy; ``None`` where it is shared."""
        return self.delegation.code if self.is_internal and self.delegation else None

    @property
    def is_internal(self) -> bool:
        """Whether only one delegation reads it."""
        return self.scope is Scope.DELEGATION

    @property
    def is_resolved(self) -> bool:
        """Whether it was resolved, and not reopened since."""
        return bool(self.events) and self.events[-1].act is ThreadAct.RESOLVED

    @property
    def quotation(self) -> Quotation | None:
        """The words it is about; ``None`` where it is about the whole paragraph or an amendment."""
        if self.language is None or self.start is None:
            return None
        return Quotation(language=self.language, start=self.start, words=self.quoted)


class ThreadEvent(Base, kw_only=True):
    """That a thread was resolved, or reopened: by whom, and when."""

    __tablename__ = "thread_event"
    __table_args__ = (sa.UniqueConstraint("thread_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    thread_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("thread.id"), init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    act: orm.Mapped[ThreadAct]
    at: orm.Mapped[dt.datetime]

    thread: orm.Mapped[Thread] = orm.relationship(back_populates="events")
    delegation: orm.Mapped[Delegation | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
