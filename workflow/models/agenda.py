"""The agenda of the next session: items that point to their paragraphs, and what became of each."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.dialogue import Delegation, DialogueSession


class Disposition(StrEnum):
    """What became of a carried item at the session that had it on its agenda (27)."""

    DISCUSSED_WITHOUT_RESULT = "discussed_without_result"
    SETTLED = "settled"
    """The agreement of that session speaks to it."""
    KEPT = "kept"
    """It stands on the provisional agenda of the session after."""
    DROPPED = "dropped"


class AgendaItem(Base, kw_only=True):
    """Something put on the agenda of the session after the one it was recorded at.

    The text lives once, in its paragraph; the item points to it.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "paragraph_id"),
        sa.UniqueConstraint("session_id", "number"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), init=False)
    """The session it was recorded at."""
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """Who proposed it; ``None`` where the record does not say, or both did."""
    number: orm.Mapped[int]
    """Among the items of its session, from 1."""
    is_deferred_text: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether it is text carried over by deferral."""
    at: orm.Mapped[dt.datetime]

    session: orm.Mapped[DialogueSession] = orm.relationship(back_populates="agenda_items")
    paragraph: orm.Mapped[Paragraph] = orm.relationship()
    delegation: orm.Mapped[Delegation | None] = orm.relationship(default=None)
    disposals: orm.Mapped[list["Disposal"]] = orm.relationship(
        order_by="Disposal.at", back_populates="agenda_item", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.session.dialogue_id

    def is_kept_at(self, session_id: UUID) -> bool:
        """Whether it goes on from the session `session_id`: one side that wants it keeps it (27)."""
        last = {one.membership.delegation_id if one.membership else None: one for one in self.disposals_at(session_id)}
        return any(one.keeps for one in last.values())

    def disposals_at(self, session_id: UUID) -> tuple["Disposal", ...]:
        """Return what was said of it at the session `session_id`, in order."""
        return tuple(one for one in self.disposals if one.session_id == session_id)

    def disposal_at(self, session_id: UUID) -> "Disposal | None":
        """Return what was last said of it at the session `session_id`."""
        return next((one for one in reversed(self.disposals) if one.session_id == session_id), None)


class Disposal(Base, kw_only=True):
    """What a session did with an item it had on its agenda."""

    __tablename__ = "disposal"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agenda_item_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agenda_item.id"), index=True, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"))
    membership_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("membership.id"))
    disposition: orm.Mapped[Disposition]
    at: orm.Mapped[dt.datetime]

    agenda_item: orm.Mapped[AgendaItem] = orm.relationship(back_populates="disposals")
    membership: orm.Mapped[Membership | None] = orm.relationship(init=False, viewonly=True)

    @property
    def keeps(self) -> bool:
        """Whether the item stands on the agenda of the session after."""
        return self.disposition is Disposition.KEPT
