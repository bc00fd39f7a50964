"""Comments: what is said in a thread, in every version it was given, and whom it names."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.dialogue import Delegation
from workflow.models.thread import Thread


class Comment(Base, kw_only=True):
    """What somebody said in a thread: the remark that began it, or a reply. What it says is in its versions."""

    __tablename__ = "comment"
    __table_args__ = (sa.UniqueConstraint("thread_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    thread_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("thread.id"), init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """The author's; ``None`` for the secretariat."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), index=True, init=False)
    number: orm.Mapped[int]
    """In its thread, from 1."""
    wording_number: orm.Mapped[int | None]
    """The wording that was current; ``None`` while the paragraph was an addition only."""
    at: orm.Mapped[dt.datetime]

    thread: orm.Mapped[Thread] = orm.relationship(back_populates="comments")
    delegation: orm.Mapped[Delegation | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
    versions: orm.Mapped[list["CommentVersion"]] = orm.relationship(
        order_by="CommentVersion.number", back_populates="comment", default_factory=list, init=False
    )
    mentions: orm.Mapped[list["Mention"]] = orm.relationship(
        order_by="Mention.number", back_populates="comment", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.thread.dialogue_key

    @property
    def delegation_code(self) -> str | None:
        """The delegation that alone reads it, for the policy; ``None`` where it is shared."""
        return self.thread.delegation_code

    @property
    def author(self) -> UUID:
        """The membership that wrote it, for the policy."""
        return self.membership_id

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author has withdrawn it; what it said stays on record."""
        return self.versions[-1].withdraws

    @property
    def version(self) -> int:
        """The number of its last version."""
        return self.versions[-1].number

    @property
    def text(self) -> str:
        """What it says, or said when it was withdrawn."""
        return next(one.text for one in reversed(self.versions) if not one.withdraws)

    @property
    def edited_at(self) -> dt.datetime | None:
        """When it was given other words last; ``None`` where it says what it said first."""
        edits = [one.at for one in self.versions[1:] if not one.withdraws]
        return edits[-1] if edits else None

    @property
    def withdrawn_at(self) -> dt.datetime | None:
        """When its author withdrew it; ``None`` where nobody did."""
        return self.versions[-1].at if self.is_withdrawn else None

    @property
    def earlier(self) -> tuple["CommentVersion", ...]:
        """What it said before what the page shows in its place, oldest first."""
        written = [one for one in self.versions if not one.withdraws]
        return tuple(written if self.is_withdrawn else written[:-1])


class CommentVersion(Base, kw_only=True):
    """What a comment said from some moment on, or that its author withdrew it."""

    __tablename__ = "comment_version"
    __table_args__ = (
        sa.UniqueConstraint("comment_id", "number"),
        sa.CheckConstraint("NOT withdraws OR text = ''", name="withdraws_without_words"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    comment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("comment.id"), init=False)
    number: orm.Mapped[int]
    """Of its comment, from 1."""
    text: orm.Mapped[str] = orm.mapped_column(default="")
    withdraws: orm.Mapped[bool] = orm.mapped_column(default=False)
    at: orm.Mapped[dt.datetime]

    comment: orm.Mapped[Comment] = orm.relationship(back_populates="versions")


class Mention(Base, kw_only=True):
    """That a comment names a colleague, or, where all sides read it, a delegation."""

    __tablename__ = "mention"
    __table_args__ = (
        sa.UniqueConstraint("comment_id", "number"),
        sa.CheckConstraint("(membership_id IS NULL) <> (delegation_id IS NULL)", name="names_one"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    comment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("comment.id"), init=False)
    membership_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("membership.id"), index=True, init=False)
    """The colleague named, in a thread of the own delegation."""
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), index=True, init=False)
    """The delegation named, in a shared thread: who of it is meant is its own affair."""
    number: orm.Mapped[int]
    at: orm.Mapped[dt.datetime]

    comment: orm.Mapped[Comment] = orm.relationship(back_populates="mentions")
    membership: orm.Mapped[Membership | None] = orm.relationship(default=None)
    delegation: orm.Mapped[Delegation | None] = orm.relationship(default=None)

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.comment.dialogue_key

    @property
    def delegation_code(self) -> str | None:
        """The delegation that alone reads the comment, for the policy; ``None`` where it is shared."""
        return self.comment.delegation_code


class MentionSeen(Base, kw_only=True):
    """That a member said to have seen a mention. Private to the member, like a look."""

    __tablename__ = "mention_seen"
    __table_args__ = (sa.UniqueConstraint("mention_id", "membership_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    mention_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("mention.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    at: orm.Mapped[dt.datetime]

    mention: orm.Mapped[Mention] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
