"""Members: who has an account, and in which capacity it takes part in a dialogue."""

from uuid import uuid4

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import orm

from workflow.models import Account, Delegation, Dialogue, Entered, Membership
from workflow.models.account import needs_delegation
from workflow.permissions import Role
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter


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
    session.add(account)
    session.flush()
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
    if account is None:
        return
    current = sa.select(Membership.id).where(
        Membership.account_id == account.id, Membership.dialogue_id == dialogue.id, Membership.ended_at.is_(None)
    )
    if session.scalar(current) is not None:
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


def _a(role: Role) -> str:
    if role is Role.SECRETARIAT:
        return "the secretariat"
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
