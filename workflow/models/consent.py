"""What delegations say of an exact text: positions, certificates of concordance, voices for deferral."""

import datetime as dt
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.positions import PositionTaken, Stance
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.dialogue import Delegation


class _Given(Protocol):
    @property
    def content_hash(self) -> str: ...
    @property
    def wording_number(self) -> int: ...
    @property
    def governed_by(self) -> str | None: ...


class _GivenToAText:
    """Something that counts for one exact text: one wording, under exactly these wordings of its lead-ins."""

    def is_given_to(self: _Given, number: int, content_hash: str, governed_by: str) -> bool:
        """Whether it counts for that wording, so governed; what is older says nothing of the second."""
        same_lead_in = self.governed_by is None or self.governed_by == governed_by
        return same_lead_in and (self.wording_number, self.content_hash) == (number, content_hash)


class Position(_GivenToAText, Base, kw_only=True):
    """One delegation's word on one exact text. When the text moves on, it stays behind with what it was given to."""

    __tablename__ = "position"
    __table_args__ = (sa.UniqueConstraint("paragraph_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    """Among the positions taken on its paragraph, from 1."""
    stance: orm.Mapped[Stance]
    as_head: orm.Mapped[bool]
    for_head: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether it records what the head decided, for the head to confirm."""
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    statement: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("statement_en"), orm.mapped_column("statement_zh"), default=NOTHING
    )
    """For the record; printed only if both sides consent."""
    content_hash: orm.Mapped[str]
    wording_number: orm.Mapped[int]
    governed_by: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """What names the lead-ins over it (:func:`workflow.domain.order.governed_by`); ``None``: older than that."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship(back_populates="positions")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()

    @property
    def taken(self) -> PositionTaken:
        """This position as the rules see it."""
        return PositionTaken(
            by=self.delegation.code,
            member=self.membership_id,
            as_head=self.as_head,
            for_head=self.for_head,
            stance=self.stance,
            content_hash=self.content_hash,
        )


class Certificate(_GivenToAText, Base, kw_only=True):
    """A language officer's word that the two texts of one wording say the same (24)."""

    __tablename__ = "certificate"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    content_hash: orm.Mapped[str]
    wording_number: orm.Mapped[int]
    governed_by: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """What names the lead-ins over it (:func:`workflow.domain.order.governed_by`); ``None``: older than that."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship(back_populates="certificates")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()


class DeferralVoice(Base, kw_only=True):
    """One delegation's consent to carry a paragraph to the next session, or its taking that back (26)."""

    __tablename__ = "deferral_voice"
    __table_args__ = (sa.UniqueConstraint("paragraph_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    number: orm.Mapped[int]
    wording_number: orm.Mapped[int]
    """The wording that was current; 0 while the paragraph was an addition only."""
    consents: orm.Mapped[bool]
    as_head: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship(back_populates="deferral_voices")
    delegation: orm.Mapped[Delegation] = orm.relationship()
