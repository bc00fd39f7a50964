"""Invitations: who is asked to take part in a dialogue, as what, by whom, and what became of it."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.dialogue import Delegation, Dialogue
from workflow.permissions import Role


class InvitationOutcome(StrEnum):
    """How an invitation ended; one that expired has no ending: the clock says so."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Invitation(Base, kw_only=True):
    """That a member asked whoever signs in with one address to take part. Immutable."""

    __tablename__ = "invitation"
    __table_args__ = (
        sa.CheckConstraint(
            "(delegation_id IS NULL) = (role IN ('observer', 'secretariat'))", name="delegation_fits_role"
        ),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """The delegation to take part in; ``None`` for the secretariat and observers."""
    role: orm.Mapped[Role]
    email: orm.Mapped[str]
    """Whom it is for, as accounts have it."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    at: orm.Mapped[dt.datetime]
    expires_at: orm.Mapped[dt.datetime]

    dialogue: orm.Mapped[Dialogue] = orm.relationship()
    delegation: orm.Mapped[Delegation | None] = orm.relationship(default=None)
    membership: orm.Mapped[Membership] = orm.relationship()
    """Who invites."""
    ending: orm.Mapped["InvitationEnding | None"] = orm.relationship(
        back_populates="invitation", default=None, init=False, uselist=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it is to, for the policy."""
        return self.dialogue_id

    @property
    def delegation_code(self) -> str | None:
        """Whose matter it is: the delegation's of who invites; ``None`` for the secretariat's."""
        return self.membership.delegation_code


class InvitationEnding(Base, kw_only=True):
    """That an invitation was accepted or withdrawn: once."""

    __tablename__ = "invitation_ending"
    __table_args__ = (sa.UniqueConstraint("invitation_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    invitation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("invitation.id"), init=False)
    outcome: orm.Mapped[InvitationOutcome]
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    """What came of it, or who withdrew it."""
    at: orm.Mapped[dt.datetime]

    invitation: orm.Mapped[Invitation] = orm.relationship(back_populates="ending")
