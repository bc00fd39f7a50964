"""Comments: open to all, or within one delegation. The scope is chosen once, when a comment is written."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.dialogue import Delegation


class Scope(StrEnum):
    """Who reads a comment."""

    DELEGATION = "delegation"
    SHARED = "shared"


class Comment(Base, kw_only=True):
    """What somebody said of a paragraph.

    No relationship leads here from the paragraph: comments are read through what an actor
    may see (:mod:`workflow.services.visible`), and by no other way.
    """

    __tablename__ = "comment"
    __table_args__ = (
        sa.CheckConstraint("scope = 'shared' OR delegation_id IS NOT NULL", name="internal_to_a_delegation"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """The author's; ``None`` for the secretariat."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    scope: orm.Mapped[Scope]
    text: orm.Mapped[str]
    wording_number: orm.Mapped[int | None]
    """The wording that was current; ``None`` while the paragraph was an addition only."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship()
    delegation: orm.Mapped[Delegation | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.paragraph.dialogue_key

    @property
    def is_internal(self) -> bool:
        """Whether only the author's delegation reads it."""
        return self.scope is Scope.DELEGATION
