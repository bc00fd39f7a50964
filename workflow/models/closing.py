"""Issues (Rev.n), adoptions, and the documents made of a text."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.models.account import Membership
from workflow.models.agreement import Agreement, Paragraph, Wording
from workflow.models.dialogue import Delegation


class Issue(Base, kw_only=True):
    """Rev.n: a frozen listing of the wordings of the whole agreement, with working numbers."""

    __tablename__ = "issue"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    number: orm.Mapped[int]
    state_hash: orm.Mapped[str]
    """The hash of what was issued, tabled amendments included."""
    gone: orm.Mapped[dict[str, str]] = orm.mapped_column(sa.JSON, default_factory=dict, server_default="{}")
    """The working numbers, by the keys of their paragraphs, of what left the text since the Rev. before."""
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship(back_populates="issues")
    entries: orm.Mapped[list["IssueEntry"]] = orm.relationship(
        order_by="IssueEntry.position", back_populates="issue", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.agreement.dialogue_key


class IssueEntry(Base, kw_only=True):
    """One paragraph as a Rev. lists it."""

    __tablename__ = "issue_entry"
    __table_args__ = (sa.UniqueConstraint("issue_id", "position"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    issue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("issue.id"), init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), init=False)
    wording_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("wording.id"), init=False)
    """``None`` for an addition that is not common text yet."""
    position: orm.Mapped[int]
    depth: orm.Mapped[int]
    number: orm.Mapped[str]
    """The working number, e.g. ``4``; empty for headings and titles."""
    was: orm.Mapped[str] = orm.mapped_column(default="")
    """The working number it had until then, e.g. ``4 bis``; empty for what had none."""

    issue: orm.Mapped[Issue] = orm.relationship(back_populates="entries")
    paragraph: orm.Mapped[Paragraph] = orm.relationship()
    wording: orm.Mapped[Wording | None] = orm.relationship(default=None)


class Adoption(Base, kw_only=True):
    """A head's adoption of the whole text, both languages, at one exact listing (28)."""

    __tablename__ = "adoption"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    listing_hash: orm.Mapped[str]
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship(back_populates="adoptions")
    delegation: orm.Mapped[Delegation] = orm.relationship()


class Document(Base, kw_only=True):
    """That a document was made: which, of what text, by whom. The file itself is made anew from the record."""

    __tablename__ = "document"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    """Whose; only that delegation sees that it was made. ``None``: the secretariat's or an observer's."""
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    kind: orm.Mapped[str] = orm.mapped_column(default="text", server_default="text")
    """What it holds: the agreed text, a working table, a redline, …"""
    layout: orm.Mapped[str]
    format: orm.Mapped[str]
    paper: orm.Mapped[str]
    house: orm.Mapped[str] = orm.mapped_column(default="neutral", server_default="neutral")
    """Whose style it follows."""
    edition: orm.Mapped[str]
    """The delegation that is named first."""
    is_attributed: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    """Whether its brackets name the sides."""
    is_own: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    """Whether it is its delegation's own copy, which is not to be passed on."""
    since: orm.Mapped[int | None] = orm.mapped_column(default=None)
    """Of a redline: the Rev. it begins with, or the wording of its paragraph; ``None`` for the usual."""
    until: orm.Mapped[int | None] = orm.mapped_column(default=None)
    """The same of where it ends."""
    about_paragraph: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    about_amendment: orm.Mapped[UUID | None] = orm.mapped_column(default=None)
    rev: orm.Mapped[int | None]
    listing_hash: orm.Mapped[str]
    """Of the text it holds."""
    sha256: orm.Mapped[str]
    """Of the file, within one build of the software."""
    at: orm.Mapped[dt.datetime]

    agreement: orm.Mapped[Agreement] = orm.relationship()
    delegation: orm.Mapped[Delegation | None] = orm.relationship()
    membership: orm.Mapped[Membership] = orm.relationship(init=False, viewonly=True)
