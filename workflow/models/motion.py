"""Motions: what is put to all sides and takes effect when every one of them consents."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.motions import MotionKind, MotionState, Voice
from workflow.models.account import Membership
from workflow.models.agreement import Agreement, Paragraph
from workflow.models.dialogue import Delegation


class MotionOutcome(StrEnum):
    """How a motion ended."""

    CARRIED = "carried"
    """Every side consented: it took effect, in the same transaction."""
    WITHDRAWN = "withdrawn"
    BROKEN = "broken"
    """Somebody objected to a silence, or amended the text, before it ended."""


class Motion(Base, kw_only=True):
    """Something put to all sides: to move a paragraph, to finalise, to correct what is adopted. Immutable."""

    __tablename__ = "motion"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), init=False)
    paragraph_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    """The paragraph it is about; ``None`` where it is about the whole text."""
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """Who put it; ``None`` for the secretariat, which has no consent to give."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    """Among the motions of its agreement, from 1."""
    kind: orm.Mapped[MotionKind]
    stands_on: orm.Mapped[str]
    """The hash of the text it was put on; once that is another, it is about a text that is gone."""
    details: orm.Mapped[dict[str, object]] = orm.mapped_column(sa.JSON, default_factory=dict)
    """What it asks for; the shape is its kind's (:mod:`workflow.domain.motions`)."""
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship(back_populates="motions")
    paragraph: orm.Mapped[Paragraph | None] = orm.relationship(default=None)
    delegation: orm.Mapped[Delegation | None] = orm.relationship(default=None)
    membership: orm.Mapped[Membership] = orm.relationship()
    voices: orm.Mapped[list["MotionVoice"]] = orm.relationship(
        order_by="MotionVoice.number", back_populates="motion", default_factory=list, init=False
    )
    ending: orm.Mapped["MotionEnding | None"] = orm.relationship(
        back_populates="motion", default=None, init=False, uselist=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.agreement.dialogue_key

    @property
    def outcome(self) -> MotionOutcome | None:
        """How it ended; ``None`` while it is before the sides."""
        return self.ending.outcome if self.ending else None

    @property
    def is_carried(self) -> bool:
        """Whether every side consented, so that it took effect."""
        return self.outcome is MotionOutcome.CARRIED

    @property
    def is_open(self) -> bool:
        """Whether it is before the sides."""
        return self.ending is None

    @property
    def state(self) -> MotionState:
        """This motion as the rules see it."""
        last = {voice.delegation.code: voice for voice in self.voices}
        standing = {code: voice for code, voice in last.items() if voice.says is not Voice.TAKES_BACK}
        return MotionState(
            kind=self.kind,
            by=self.delegation.code if self.delegation else None,
            stands_on=self.stands_on,
            says={code: voice.says for code, voice in standing.items()},
            said_by_heads=frozenset(code for code, voice in standing.items() if voice.as_head),
            is_open=self.is_open,
        )


class MotionVoice(Base, kw_only=True):
    """What one delegation says to a motion; its last word counts."""

    __tablename__ = "motion_voice"
    __table_args__ = (sa.UniqueConstraint("motion_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    motion_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("motion.id"), init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    says: orm.Mapped[Voice]
    as_head: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    at: orm.Mapped[dt.datetime]

    motion: orm.Mapped[Motion] = orm.relationship(back_populates="voices")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()


class MotionEnding(Base, kw_only=True):
    """That a motion is no longer before the sides, and how it ended."""

    __tablename__ = "motion_ending"
    __table_args__ = (sa.UniqueConstraint("motion_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    motion_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("motion.id"), init=False)
    outcome: orm.Mapped[MotionOutcome]
    at: orm.Mapped[dt.datetime]

    motion: orm.Mapped[Motion] = orm.relationship(back_populates="ending")


class Look(Base, kw_only=True):
    """That a member said "I have looked at this text", so that the next page can show what changed since.

    Private to the member: nobody else learns when somebody looked.
    """

    __tablename__ = "look"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True, init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), index=True, init=False)
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
