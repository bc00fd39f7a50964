"""Drafts: text made out of the other side's sight, every state it was saved in, and who holds the pen."""

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, Words, new_key
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.text import LabelStyle, ParagraphKind
from workflow.models.account import Membership
from workflow.models.agreement import Agreement, Paragraph
from workflow.models.dialogue import Delegation


class Draft(Base, kw_only=True):
    """Text the other side does not see: its author's own, then the delegation's.

    Numbers are given when it is tabled, so that drafts leave no gaps for anybody to count.
    """

    __tablename__ = "draft"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True, init=False)
    paragraph_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    """Its author."""
    kind: orm.Mapped[AmendmentKind]
    against: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    against_text: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("against_text_en"), orm.mapped_column("against_text_zh"), default=NOTHING
    )
    text: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("text_en"), orm.mapped_column("text_zh"))
    rationale: orm.Mapped[str] = orm.mapped_column(default="")
    is_severable: orm.Mapped[bool] = orm.mapped_column(default=False)
    other_stands: orm.Mapped[bool] = orm.mapped_column(default=False)
    answers: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    """The other side's amendment it is a counter-proposal to."""
    points: orm.Mapped[list[dict[str, object]]] = orm.mapped_column(sa.JSON, default_factory=list)
    """How its author groups its changes, as in `Point.edits`; none: all of them are one point."""
    is_shared: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether the delegation sees it; until then only its author does."""
    shared_from: orm.Mapped[int | None] = orm.mapped_column(default=None)
    """The version at which it was shared: colleagues see what it said from then on, and nothing of before."""
    parent_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), default=None)
    after_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), default=None)
    """Where an addition goes: right after this paragraph, else last under `parent_id`."""
    parent_draft_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("draft.id"), default=None)
    """The draft of the own side it stands under: its paragraph, once that is tabled."""
    after_draft_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("draft.id"), default=None)
    """The draft of the own side it stands right after: its paragraph, once that is tabled."""
    stands_first: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    """Whether it goes before everything under its parent, rather than last."""
    paragraph_kind: orm.Mapped[ParagraphKind] = orm.mapped_column(default=ParagraphKind.NARRATIVE)
    label_style: orm.Mapped[LabelStyle] = orm.mapped_column(default=LabelStyle.NONE)
    tags: orm.Mapped[frozenset[str]] = orm.mapped_column(Words, default=frozenset())
    speaker: orm.Mapped[str | None] = orm.mapped_column(default=None)
    addressee: orm.Mapped[str | None] = orm.mapped_column(default=None)
    drafted_in: orm.Mapped[Language] = orm.mapped_column(default=Language.EN)
    working_title: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("working_title_en"), orm.mapped_column("working_title_zh"), default=NOTHING
    )
    version: orm.Mapped[int] = orm.mapped_column(default=1)
    """Rises with every save; a save names the one it started from."""
    began_at: orm.Mapped[dt.datetime]
    saved_at: orm.Mapped[dt.datetime]
    saved_by_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("membership.id"), default=None)
    """Who wrote what it says now; ``None``: its author."""
    passed_over: orm.Mapped[dict[str, Any] | None] = orm.mapped_column(sa.JSON(none_as_null=True), default=None)
    """What a page saved by itself last but one, where no state says it: it may not have heard of its last save."""
    tabled_as: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("amendment.id"), default=None)
    discarded_at: orm.Mapped[dt.datetime | None] = orm.mapped_column(default=None)

    agreement: orm.Mapped[Agreement] = orm.relationship()
    paragraph: orm.Mapped[Paragraph | None] = orm.relationship(default=None, foreign_keys="Draft.paragraph_id")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship(foreign_keys="Draft.membership_id")
    saved_by: orm.Mapped[Membership | None] = orm.relationship(
        foreign_keys="Draft.saved_by_id", default=None, init=False, viewonly=True
    )
    states: orm.Mapped[list["DraftState"]] = orm.relationship(
        order_by="DraftState.version", back_populates="draft", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.agreement.dialogue_key

    @property
    def delegation_code(self) -> str:
        """Whose it is, for the policy."""
        return self.delegation.code

    @property
    def owner(self) -> UUID | None:
        """The membership it is private to; ``None`` while it is shared in the delegation."""
        return None if self.is_shared and not self.is_put_away else self.membership_id

    @property
    def drafters_table(self) -> bool:
        """Whether its delegation lets drafters table, for the policy."""
        return self.delegation.drafters_table

    @property
    def is_put_away(self) -> bool:
        """Whether it was put away: its author alone still reads what it said."""
        return self.discarded_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it can still be written in and tabled."""
        return self.tabled_as is None and not self.is_put_away

    @property
    def is_addition(self) -> bool:
        """Whether it would add a paragraph."""
        return self.paragraph_id is None


class DraftState(Base, kw_only=True):
    """What a draft said when it was saved, and who had written it. Never changed: to restore it is to save anew."""

    __tablename__ = "draft_state"
    __table_args__ = (
        sa.UniqueConstraint("draft_id", "version"),
        sa.CheckConstraint("version >= 1", name="version_positive"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    draft_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("draft.id"), init=False)
    version: orm.Mapped[int]
    """Of the draft. What one page saved by itself within a minute, and no other page was shown, is not all kept."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    """Who wrote it."""
    text: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("text_en"), orm.mapped_column("text_zh"))
    rationale: orm.Mapped[str]
    is_by_hand: orm.Mapped[bool]
    """Whether a person pressed the button; otherwise the page saved by itself."""
    other_stands: orm.Mapped[bool]
    """Whether whoever saved it said that the language left alone stands as it is."""
    at: orm.Mapped[dt.datetime]

    draft: orm.Mapped[Draft] = orm.relationship(back_populates="states")
    membership: orm.Mapped[Membership] = orm.relationship(init=False, viewonly=True)


class DraftPresence(Base, kw_only=True):
    """That a member has the form of a draft open. Gone a minute after the page was last heard of."""

    __tablename__ = "draft_presence"
    __table_args__ = (sa.UniqueConstraint("draft_id", "membership_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    draft_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("draft.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    opened_at: orm.Mapped[dt.datetime]
    seen_at: orm.Mapped[dt.datetime]
    """When the page was last heard of."""

    draft: orm.Mapped[Draft] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()


class HandOverOutcome(StrEnum):
    """How a hand-over ended."""

    DONE = "done"
    TAKEN_BACK = "taken_back"


class HandOver(Base, kw_only=True):
    """A colleague is asked to go on with a draft. Who asks, whom, what for and by when stay as they were said."""

    __tablename__ = "hand_over"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    draft_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("draft.id"), index=True, init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    """Who asks."""
    colleague_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), index=True, init=False)
    """Who is asked."""
    request: orm.Mapped[str]
    due_at: orm.Mapped[dt.datetime | None]
    at: orm.Mapped[dt.datetime]

    draft: orm.Mapped[Draft] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship(foreign_keys="HandOver.membership_id")
    colleague: orm.Mapped[Membership] = orm.relationship(foreign_keys="HandOver.colleague_id")
    ending: orm.Mapped["HandOverEnding | None"] = orm.relationship(
        back_populates="hand_over", default=None, init=False, uselist=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.draft.dialogue_key

    @property
    def delegation_code(self) -> str:
        """Whose it is, for the policy."""
        return self.draft.delegation_code

    @property
    def owner(self) -> None:
        """It is nobody's alone, for the policy: the draft is shared with it."""
        return


class HandOverEnding(Base, kw_only=True):
    """That nobody is asked any more, and why."""

    __tablename__ = "hand_over_ending"
    __table_args__ = (sa.UniqueConstraint("hand_over_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    hand_over_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("hand_over.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    outcome: orm.Mapped[HandOverOutcome]
    at: orm.Mapped[dt.datetime]

    hand_over: orm.Mapped[HandOver] = orm.relationship(back_populates="ending")
