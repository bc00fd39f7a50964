"""Amendments before the other side, what became of them, and the drafts they are made from."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import AmendmentKind, LiveAmendment
from workflow.domain.points import Point as Asked
from workflow.domain.points import restored
from workflow.models.account import Membership
from workflow.models.agreement import Paragraph
from workflow.models.dialogue import Delegation


class Outcome(StrEnum):
    """How an amendment ended."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    """Its author tabled another in its place."""
    WITHDRAWN = "withdrawn"
    ABSORBED = "absorbed"
    """An addition whose text became common in the words of somebody's amendment to it."""
    ACCEPTED_IN_PART = "accepted_in_part"
    """Some of its points became common text; what is left of it goes on as another amendment (10)."""
    LAPSED = "lapsed"
    """The heads finalised the text without it (25)."""


class Answer(StrEnum):
    """What another side says to an amendment."""

    ACCEPTS = "accepts"
    KEEPS_IN_BRACKETS = "keeps_in_brackets"


class Amendment(Base, kw_only=True):
    """A change one delegation has put before the others. Immutable: tabling again makes another."""

    __tablename__ = "amendment"
    __table_args__ = (sa.UniqueConstraint("paragraph_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    """Among the amendments tabled to its paragraph, from 1."""
    kind: orm.Mapped[AmendmentKind]
    text: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("text_en"), orm.mapped_column("text_zh"))
    against: orm.Mapped[UUID | None]
    """The wording, or the addition, it was made against; ``None`` for an addition."""
    against_text: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("against_text_en"), orm.mapped_column("against_text_zh")
    )
    """What that said, so that the change reads as its author meant it for good."""
    rationale: orm.Mapped[str] = orm.mapped_column(default="")
    is_severable: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether some of its points can be accepted without the others, at once (10)."""
    other_stands: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether its author said that where it changes one language only, the other stands (16)."""
    answers: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    """The amendment it is a counter-proposal to."""
    continues: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    """The amendment it is what was left of, or carries over to a new wording."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship(back_populates="amendments")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship()
    points: orm.Mapped[list["Point"]] = orm.relationship(order_by="Point.number", default_factory=list)
    said: orm.Mapped[list["AmendmentAnswer"]] = orm.relationship(
        order_by="AmendmentAnswer.at", back_populates="amendment", default_factory=list, init=False
    )
    ending: orm.Mapped["AmendmentEnding | None"] = orm.relationship(
        back_populates="amendment", default=None, init=False, uselist=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.paragraph.dialogue_key

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; ``None`` while it is live."""
        return self.ending.outcome if self.ending else None

    @property
    def is_addition(self) -> bool:
        """Whether it adds the paragraph rather than changing it."""
        return self.kind is AmendmentKind.ADD

    @property
    def accepted_by(self) -> frozenset[str]:
        """The other delegations that accepted it, and have not said since that it stays in brackets."""
        return frozenset(
            code for code, one in self.last_words.items() if one.answer is Answer.ACCEPTS and one.points is None
        )

    @property
    def last_words(self) -> dict[str, "AmendmentAnswer"]:
        """What each other delegation said last, by its code."""
        return {one.delegation.code: one for one in self.said}

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What it changes as its author grouped it; none where it is taken or left whole."""
        return tuple(restored(one.edits) for one in self.points if one.edits)

    @property
    def kept_by(self) -> frozenset[str]:
        """The other delegations that said it stays in brackets, and have not accepted it since."""
        return frozenset(code for code, one in self.last_words.items() if one.answer is Answer.KEEPS_IN_BRACKETS)

    @property
    def as_live(self) -> LiveAmendment:
        """This amendment as the rules see it."""
        return LiveAmendment(
            key=self.id,
            by=self.delegation.code,
            kind=self.kind,
            text=self.text,
            against=self.against,
            accepted_by=self.accepted_by,
            kept_by=self.kept_by,
            points=self.asked,
            is_severable=self.is_severable,
            other_stands=self.other_stands,
            answered_by_heads=frozenset(code for code, one in self.last_words.items() if one.as_head),
            taken_by={code: frozenset(one.points) for code, one in self.last_words.items() if one.points is not None},
        )


class Point(Base, kw_only=True):
    """One change of an amendment, in both languages: the unit of brackets and of acceptance in part (7)."""

    __tablename__ = "point"
    __table_args__ = (sa.UniqueConstraint("amendment_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    amendment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("amendment.id"), init=False)
    number: orm.Mapped[int]
    edits: orm.Mapped[dict[str, object]] = orm.mapped_column(sa.JSON, default_factory=dict)
    """Its changes to the text it is against, by characters: ``{"en": [[start, end, words], …], "zh": […]}``.

    Empty: all that its amendment changes.
    """


class AmendmentAnswer(Base, kw_only=True):
    """What another delegation said to an amendment."""

    __tablename__ = "amendment_answer"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    amendment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("amendment.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    answer: orm.Mapped[Answer]
    points: orm.Mapped[list[int] | None] = orm.mapped_column(sa.JSON(none_as_null=True), default=None)
    """The points it accepts, by their numbers; ``None``: it is about the whole amendment."""
    as_head: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    at: orm.Mapped[dt.datetime]

    amendment: orm.Mapped[Amendment] = orm.relationship(back_populates="said")
    delegation: orm.Mapped[Delegation] = orm.relationship()


class AmendmentEnding(Base, kw_only=True):
    """That an amendment is no longer live, and how it ended."""

    __tablename__ = "amendment_ending"
    __table_args__ = (sa.UniqueConstraint("amendment_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    amendment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("amendment.id"), init=False)
    outcome: orm.Mapped[Outcome]
    at: orm.Mapped[dt.datetime]

    amendment: orm.Mapped[Amendment] = orm.relationship(back_populates="ending")
