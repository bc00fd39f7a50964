"""A person's account, and the capacity in which the person takes part in a dialogue."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.permissions import OF_A_DELEGATION, Actor, Role

if TYPE_CHECKING:
    from workflow.models.dialogue import Delegation, Dialogue


class Account(Base, kw_only=True):
    """Somebody who can sign in."""

    __tablename__ = "account"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    email: orm.Mapped[str] = orm.mapped_column(unique=True)
    """What is typed at sign-in; lower case."""
    name: orm.Mapped[str]
    """What colleagues of the own side read, e.g. ``U.S. drafter``."""
    password: orm.Mapped[str | None]
    """Argon2 hash."""
    active: orm.Mapped[bool] = orm.mapped_column(default=True)
    fs_uniquifier: orm.Mapped[str] = orm.mapped_column(sa.Text, unique=True)
    """Changes when every session of the account must end."""
    locale: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """The interface language chosen, if one was."""
    opens_dialogues: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    """Whether the operator lets it open dialogues; no right in any dialogue there is."""
    version: orm.Mapped[int] = orm.mapped_column(default=1, init=False)

    memberships: orm.Mapped[list["Membership"]] = orm.relationship(
        back_populates="account", default_factory=list, init=False, repr=False
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own spelling


class Membership(Base, kw_only=True):
    """One account's part in one dialogue. It ends; it is never deleted."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.CheckConstraint(
            "(delegation_id IS NULL) = (role IN ('observer', 'secretariat'))", name="delegation_fits_role"
        ),
        sa.Index(
            "uq_membership_current",
            "account_id",
            "dialogue_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    account_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("account.id"), init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    role: orm.Mapped[Role]
    began_at: orm.Mapped[datetime]
    ended_at: orm.Mapped[datetime | None] = orm.mapped_column(default=None)

    account: orm.Mapped[Account] = orm.relationship(back_populates="memberships")
    dialogue: orm.Mapped["Dialogue"] = orm.relationship()
    delegation: orm.Mapped["Delegation | None"] = orm.relationship(default=None)

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it is in, for the policy."""
        return self.dialogue_id

    @property
    def delegation_code(self) -> str | None:
        """Whose matter it is: its delegation's; ``None`` for the secretariat and observers."""
        return self.delegation.code if self.delegation else None

    @property
    def actor(self) -> Actor:
        """This membership as the policy sees it."""
        return Actor(
            membership=self.id,
            role=self.role,
            dialogue=self.dialogue_id,
            delegation=self.delegation.code if self.delegation else None,
        )


def needs_delegation(role: Role) -> bool:
    """Whether `role` is held within a delegation."""
    return role in OF_A_DELEGATION
