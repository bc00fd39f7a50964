"""Invitations: who may take part is asked by a link that works once, for one address, for a while."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.seats import is_open
from workflow.models import (
    Account,
    Delegation,
    Dialogue,
    Entered,
    Invitation,
    InvitationEnding,
    InvitationOutcome,
    Membership,
)
from workflow.permissions import OF_A_DELEGATION, Actor, Permission, Role, Seat, permits
from workflow.services import members
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.visible import visible


def seats(session: orm.Session, dialogue: Dialogue, actor: Actor) -> tuple[tuple[Role, Delegation | None], ...]:
    """Return every seat `actor` may invite to, in the order of roles and sides."""
    every = [
        *((role, side) for side in dialogue.delegations for role in Role if role in OF_A_DELEGATION),
        *((role, None) for role in Role if role not in OF_A_DELEGATION),
    ]
    return tuple(
        (role, side)
        for role, side in every
        if permits(actor, Permission.FILL_SEAT, seat(session, dialogue, role, side))
    )


def seat(session: orm.Session, dialogue: Dialogue, role: Role, delegation: Delegation | None) -> Seat:
    """Return the seat as the policy sees it now."""
    has_head = delegation is not None and bool(members.heads(session, delegation))
    code = delegation.code if delegation else None
    return Seat(dialogue_key=dialogue.id, role=role, delegation_code=code, has_head=has_head)


def invite(
    session: orm.Session,
    *,
    by: Membership,
    role: Role,
    delegation: Delegation | None,
    email: str,
    lasts: timedelta,
) -> Invitation:
    """Invite whoever signs in as `email` into the dialogue of `by`; return the invitation, flushed.

    Nothing is asked about accounts: whoever invites must not learn who has one, or takes part on another side.

    Raises:
        OutOfOrder: If the seat is not one `by` may fill, or the own side has invited the address already or
            has it among its members.

    """
    if not permits(by.actor, Permission.FILL_SEAT, seat(session, by.dialogue, role, delegation)):
        raise OutOfOrder((Refusal.NOT_YOURS_TO_INVITE,))
    own = visible(by.actor).members().where(Membership.ended_at.is_(None))
    if any(one.account.email == email for one in session.scalars(own)):
        raise OutOfOrder((Refusal.TAKES_PART_ALREADY,))
    if any(one.email == email for one in open_of(session, by.actor)):
        raise OutOfOrder((Refusal.INVITED_ALREADY,))
    at = now(session)
    invitation = Invitation(
        dialogue=by.dialogue,
        delegation=delegation,
        role=role,
        email=email,
        membership=by,
        at=at,
        expires_at=at + lasts,
    )
    session.add(invitation)
    session.flush()
    _enter(session, Entered.INVITED, invitation, by)
    return invitation


def open_of(session: orm.Session, actor: Actor) -> tuple[Invitation, ...]:
    """Return the invitations of the own side that can still be taken up, newest first."""
    return tuple(one for one in session.scalars(visible(actor).invitations()) if can_be_taken_up(session, one))


def find_open(session: orm.Session, key: UUID | None) -> Invitation | None:
    """Return the invitation `key` if it can be taken up.

    ``None`` if it was accepted or withdrawn, has expired, never was, or who made it could make it no more.
    """
    invitation = session.get(Invitation, key) if key else None
    return invitation if invitation is not None and can_be_taken_up(session, invitation) else None


def can_be_taken_up(session: orm.Session, invitation: Invitation) -> bool:
    """Whether `invitation` is open now."""
    by = invitation.membership
    place = seat(session, invitation.dialogue, invitation.role, invitation.delegation)
    return is_open(
        ended=invitation.ending is not None,
        expires_at=invitation.expires_at,
        now=now(session),
        may_still_invite=by.ended_at is None and permits(by.actor, Permission.FILL_SEAT, place),
    )


def withdraw(session: orm.Session, *, invitation: Invitation, by: Membership) -> None:
    """Take `invitation` back: its link leads nowhere from now on.

    Raises:
        OutOfOrder: If it cannot be taken up any more anyway.

    """
    if not can_be_taken_up(session, invitation):
        raise OutOfOrder((Refusal.INVITATION_IS_CLOSED,))
    _end(session, invitation, InvitationOutcome.WITHDRAWN, by)
    _enter(session, Entered.INVITATION_WITHDRAWN, invitation, by)


def accept(session: orm.Session, *, invitation: Invitation, account: Account) -> Membership:
    """Let `account` take part as `invitation` says, once; return the membership, flushed.

    Raises:
        OutOfOrder: If it is for another address, cannot be taken up any more, or the account takes part in the
            dialogue already. Nothing is written.

    """
    if account.email != invitation.email:
        raise OutOfOrder((Refusal.NOT_YOUR_INVITATION,))
    if not can_be_taken_up(session, invitation):
        raise OutOfOrder((Refusal.INVITATION_IS_CLOSED,))
    if members.current(session, account, invitation.dialogue) is not None:
        raise OutOfOrder((Refusal.TAKES_PART_ALREADY,))
    member = members.join(
        session,
        account=account,
        dialogue=invitation.dialogue,
        role=invitation.role,
        delegation=invitation.delegation,
    )
    _end(session, invitation, InvitationOutcome.ACCEPTED, member)
    return member


def accept_as_new(session: orm.Session, *, invitation: Invitation, name: str, password: str) -> Membership:
    """Open an account for the address invited, and let it take part; return the membership, flushed.

    Args:
        session: Writing.
        invitation: Which.
        name: What colleagues of the own side read.
        password: Its hash, made before the lock was taken.

    Raises:
        CannotJoin: If the address has an account.
        OutOfOrder: As `accept` does.

    """
    if not can_be_taken_up(session, invitation):
        raise OutOfOrder((Refusal.INVITATION_IS_CLOSED,))
    account = members.open_account(session, email=invitation.email, name=name, password=password)
    return accept(session, invitation=invitation, account=account)


def _end(session: orm.Session, invitation: Invitation, outcome: InvitationOutcome, member: Membership) -> None:
    session.add(InvitationEnding(invitation=invitation, outcome=outcome, membership_id=member.id, at=now(session)))
    session.flush()


def _enter(session: orm.Session, act: Entered, invitation: Invitation, by: Membership) -> None:
    # The address stays out of the journal, which never forgets; the invitation has it.
    enter(
        session,
        act,
        by=by,
        dialogue=invitation.dialogue,
        chain=chain_of(by),
        invitation=str(invitation.id),
        role=invitation.role,
        delegation=invitation.delegation.code if invitation.delegation else "",
    )
