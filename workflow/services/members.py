"""Members: who has an account, and in which capacity it takes part in a dialogue."""

from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder
from workflow.domain.seats import refusals_to_end
from workflow.models import Account, Delegation, Dialogue, Entered, Membership
from workflow.models.account import needs_delegation
from workflow.permissions import Actor, Role
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.visible import visible


class CannotJoin(Exception):  # noqa: N818 -- what the secretariat would say
    """Somebody cannot take part in a dialogue as asked; the message says why."""


def address(typed: str) -> str:
    """Return the e-mail address `typed` as accounts have it: lower case, without blanks around it.

    Raises:
        CannotJoin: If it is none.

    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise CannotJoin(f"{typed!r} is no e-mail address: {error}") from error


def find_account(session: orm.Session, email: str) -> Account | None:
    """Return the account that signs in as `email`, if there is one."""
    return session.scalar(sa.select(Account).where(Account.email == email))


def open_account(session: orm.Session, *, email: str, name: str, password: str) -> Account:
    """Open an account; return it, flushed.

    Args:
        session: Writing.
        email: As `address` returns it.
        name: What colleagues of the own side read.
        password: Its hash (:func:`workflow.passwords.hashed`), made before the lock was taken.

    Raises:
        CannotJoin: If the address has an account.

    """
    if find_account(session, email):
        raise CannotJoin(f"{email} has an account already")
    account = Account(email=email, name=name, password=password, fs_uniquifier=uuid4().hex)
    try:
        # The lock is a dialogue's, and an account is in none: elsewhere somebody may open it this moment.
        with session.begin_nested():
            session.add(account)
    except sa.exc.IntegrityError as error:
        raise CannotJoin(f"{email} has an account already") from error
    return account


def check_seat(
    session: orm.Session, *, account: Account | None, dialogue: Dialogue, role: Role, delegation: Delegation | None
) -> None:
    """Return if `account`, or somebody new, may take part in `dialogue` so.

    Raises:
        CannotJoin: If it does so already, or the role and the delegation do not fit each other.

    """
    if needs_delegation(role) and delegation is None:
        raise CannotJoin(f"{_a(role)} belongs to a delegation: name one of {', '.join(dialogue.sides)}")
    if delegation is not None and not needs_delegation(role):
        raise CannotJoin(f"{_a(role)} belongs to no delegation")
    if delegation is not None and delegation.dialogue_id != dialogue.id:
        raise CannotJoin(f"{delegation.code} is no delegation of {dialogue.short_name}")
    if account is not None and current(session, account, dialogue) is not None:
        raise CannotJoin(f"{account.email} takes part in {dialogue.short_name} already")


def join(
    session: orm.Session, *, account: Account, dialogue: Dialogue, role: Role, delegation: Delegation | None = None
) -> Membership:
    """Let `account` take part in `dialogue`, which the caller has locked; return the membership, flushed.

    Raises:
        CannotJoin: As `check_seat` does. Nothing is written.

    """
    check_seat(session, account=account, dialogue=dialogue, role=role, delegation=delegation)
    member = Membership(account=account, dialogue=dialogue, delegation=delegation, role=role, began_at=now(session))
    session.add(member)
    session.flush()
    # In the chain of its own side: who is in a delegation, and as what, is the delegation's own matter.
    enter(
        session,
        Entered.MEMBER_JOINED,
        by=None,
        dialogue=dialogue,
        chain=chain_of(member),
        member=str(member.id),
        role=role,
        delegation=delegation.code if delegation else "",
    )
    return member


def current(session: orm.Session, account: Account, dialogue: Dialogue) -> Membership | None:
    """Return the part `account` takes in `dialogue` now, if it takes one."""
    return session.scalar(
        sa.select(Membership).where(
            Membership.account_id == account.id, Membership.dialogue_id == dialogue.id, Membership.ended_at.is_(None)
        )
    )


def heads(session: orm.Session, delegation: Delegation) -> tuple[Membership, ...]:
    """Return who heads `delegation` now."""
    return _taking_part(session, Membership.delegation_id == delegation.id, Role.HEAD)


def side_of(session: orm.Session, actor: Actor) -> tuple[Membership, ...]:
    """Return who is, and was, on the side of `actor`: who takes part now first, each in order of joining."""
    return tuple(session.scalars(visible(actor).members()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What the end of a membership would leave behind."""

    last_head: bool
    last_secretariat: bool

    @property
    def tells(self) -> bool:
        """Whether there is something to be told before."""
        return self.last_head or self.last_secretariat


def leaving(session: orm.Session, member: Membership) -> Leaving:
    """Return what would be missing once `member` no longer takes part."""
    is_head = member.role is Role.HEAD and member.delegation is not None
    office = _taking_part(session, Membership.dialogue_id == member.dialogue_id, Role.SECRETARIAT)
    return Leaving(
        last_head=is_head and member.delegation is not None and heads(session, member.delegation) == (member,),
        last_secretariat=office == (member,),
    )


def end(session: orm.Session, *, member: Membership, by: Membership, told: bool) -> None:
    """Let `member` take part no longer, from now on; the record stays as it is.

    Args:
        session: Writing.
        member: Who leaves, or is taken off.
        by: Who says so: the member, or somebody of the same side who may.
        told: Whether the page said what this leaves, where it leaves a side without its head, or nobody to invite one.

    Raises:
        OutOfOrder: If it ended already, or leaves something that was not told.

    """
    left = leaving(session, member)
    refusals = refusals_to_end(
        has_ended=member.ended_at is not None,
        last_head=left.last_head,
        last_secretariat=left.last_secretariat,
        told=told,
    )
    if refusals:
        raise OutOfOrder(refusals)
    member.ended_at = now(session)
    session.flush()
    enter(
        session,
        Entered.MEMBERSHIP_ENDED,
        by=by,
        dialogue=member.dialogue,
        chain=chain_of(member),
        member=str(member.id),
        role=member.role,
    )


def _taking_part(session: orm.Session, where: sa.ColumnElement[bool], role: Role) -> tuple[Membership, ...]:
    found = sa.select(Membership).where(where, Membership.role == role, Membership.ended_at.is_(None))
    return tuple(session.scalars(found.order_by(Membership.began_at, Membership.id)))


def _a(role: Role) -> str:
    if role is Role.SECRETARIAT:
        return "the secretariat"
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
