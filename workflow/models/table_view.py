"""What the room has before it: the paragraph that the secretariat has put on the table."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.agreement import Agreement, Paragraph


class TableView(Base, kw_only=True):
    """Which paragraph of an agreement the table view shows from a moment on, until the next; append-only.

    It decides nothing, and is no part of how the text came about: the journal does not tell of it.
    """

    __tablename__ = "table_view"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), init=False)
    number: orm.Mapped[int]
    """Within its agreement, from 1; the last one counts."""
    paragraph_id: orm.Mapped[UUID | None] = orm.mapped_column(
        sa.ForeignKey("paragraph.id"), index=True, init=False, default=None
    )
    """``None`` where the paragraph was taken off the table."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship()
    paragraph: orm.Mapped[Paragraph | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
