"""Invitations: whom who may invite, and that each is taken up once, by whom it is for, while it lasts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests import factories
from tests.databases import Begin
from tests.factories import Cast, a_cast
from tests.services.moves import refusals
from tests.services.test_at_one_instant import at_once
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Account, Delegation, Entered, Invitation, JournalEntry, Membership
from workflow.permissions import OF_A_DELEGATION, Role
from workflow.services import invitations, journal, members
from workflow.services.locks import lock_dialogue_of
from workflow.services.members import CannotJoin
from workflow.services.visible import visible

EMAIL = "invited@example.org"
FORTNIGHT = timedelta(days=14)


def invited(
    session: orm.Session,
    by: Membership,
    *,
    role: Role = Role.ADVISER,
    delegation: Delegation | None = None,
    email: str = EMAIL,
    lasts: timedelta = FORTNIGHT,
) -> Invitation:
    """Invite somebody, by default into the own delegation."""
    of = (delegation or by.delegation) if role in OF_A_DELEGATION else None
    return invitations.invite(session, by=by, role=role, delegation=of, email=email, lasts=lasts)


def an_account(session: orm.Session, email: str = EMAIL) -> Account:
    return factories.an_account(session, email=email, name="Somebody")


@pytest.mark.parametrize("role", sorted(OF_A_DELEGATION))
def test_a_head_invites_into_the_own_delegation(session: orm.Session, cast: Cast, role: Role) -> None:
    invitation = invited(session, cast.us_head, role=role)

    member = invitations.accept(session, invitation=invitation, account=an_account(session))

    assert (member.role, member.delegation, member.ended_at) == (role, cast.us, None)
    assert journal.verify(session) == ()


@pytest.mark.parametrize("role", sorted(set(Role) - OF_A_DELEGATION))
def test_the_secretariat_invites_those_who_belong_to_no_delegation(
    session: orm.Session, cast: Cast, role: Role
) -> None:
    member = invitations.accept(
        session, invitation=invited(session, cast.secretariat, role=role), account=an_account(session)
    )

    assert (member.role, member.delegation) == (role, None)


def test_nobody_invites_to_any_other_seat(session: orm.Session, cast: Cast) -> None:
    """A head into the other side or the office, the secretariat into a side that has its head, others at all."""
    every = [*((role, side) for side in (cast.us, cast.cn) for role in OF_A_DELEGATION), (Role.OBSERVER, None)]
    offered = {
        member: {
            (role, side.code if side else None)
            for role, side in invitations.seats(session, cast.dialogue, member.actor)
        }
        for member in cast.members
    }
    for member in cast.members:
        for role, side in every:
            if (role, side.code if side else None) not in offered[member]:
                why = refusals(lambda m=member, r=role, s=side: invited(session, m, role=r, delegation=s))  # type: ignore[misc]  # bound
                assert why == (Refusal.NOT_YOURS_TO_INVITE,)

    assert offered[cast.us_head] == {(role, "US") for role in OF_A_DELEGATION}
    assert offered[cast.secretariat] == {(Role.SECRETARIAT, None), (Role.OBSERVER, None)}
    assert {member for member, seats in offered.items() if seats} == {cast.us_head, cast.cn_head, cast.secretariat}


def test_the_secretariat_invites_the_head_of_a_delegation_that_has_none(session: orm.Session, cast: Cast) -> None:
    members.end(session, member=cast.cn_head, by=cast.cn_head, told=True)
    one = invited(session, cast.secretariat, role=Role.HEAD, delegation=cast.cn)
    other = invited(session, cast.secretariat, role=Role.HEAD, delegation=cast.cn, email="other@example.org")

    invitations.accept(session, invitation=one, account=an_account(session))

    assert invitations.find_open(session, other.id) is None, "it has its head now, who invites further"


def test_an_invitation_is_taken_up_once(session: orm.Session, cast: Cast) -> None:
    invitation = invited(session, cast.us_head)
    account = an_account(session)
    invitations.accept(session, invitation=invitation, account=account)

    assert refusals(lambda: invitations.accept(session, invitation=invitation, account=account)) == (
        Refusal.INVITATION_IS_CLOSED,
    )
    assert invitations.find_open(session, invitation.id) is None


def test_an_invitation_is_for_one_address(session: orm.Session, cast: Cast) -> None:
    invitation, another = invited(session, cast.us_head), an_account(session, "another@example.org")

    assert refusals(lambda: invitations.accept(session, invitation=invitation, account=another)) == (
        Refusal.NOT_YOUR_INVITATION,
    )
    assert invitations.find_open(session, invitation.id) is invitation


def expire(session: orm.Session, cast: Cast, invitation: Invitation) -> None:
    """It lasted for no time at all."""


def take_back(session: orm.Session, cast: Cast, invitation: Invitation) -> None:
    invitations.withdraw(session, invitation=invitation, by=cast.us_head)


def let_the_inviter_go(session: orm.Session, cast: Cast, invitation: Invitation) -> None:
    members.end(session, member=cast.us_head, by=cast.us_head, told=True)


@pytest.mark.parametrize("close", [expire, take_back, let_the_inviter_go])
def test_what_cannot_be_taken_up_any_more_lets_nobody_in(
    session: orm.Session, cast: Cast, close: Callable[[orm.Session, Cast, Invitation], None]
) -> None:
    invitation = invited(session, cast.us_head, lasts=timedelta(0) if close is expire else FORTNIGHT)
    close(session, cast, invitation)

    assert invitations.find_open(session, invitation.id) is None
    assert invitations.open_of(session, cast.us_head.actor) == ()
    why = (Refusal.INVITATION_IS_CLOSED,)
    account = an_account(session)
    assert refusals(lambda: invitations.accept(session, invitation=invitation, account=account)) == why
    assert refusals(lambda: invitations.withdraw(session, invitation=invitation, by=cast.us_head)) == why
    as_new = {"session": session, "invitation": invitation, "name": "Somebody", "password": "hash"}
    assert refusals(lambda: invitations.accept_as_new(**as_new)) == why  # type: ignore[arg-type]  # as named


def test_who_takes_part_already_takes_up_nothing_else(session: orm.Session, cast: Cast) -> None:
    invitation = invited(session, cast.us_head, email=cast.cn_adviser.account.email)

    assert refusals(lambda: invitations.accept(session, invitation=invitation, account=cast.cn_adviser.account)) == (
        Refusal.TAKES_PART_ALREADY,
    )


def test_inviting_tells_nothing_of_who_has_an_account_or_is_on_another_side(session: orm.Session, cast: Cast) -> None:
    for email in (cast.cn_adviser.account.email, "nobody@example.org"):
        assert invited(session, cast.us_head, email=email).email == email

    assert refusals(lambda: invited(session, cast.us_head, email=cast.us_adviser.account.email)) == (
        Refusal.TAKES_PART_ALREADY,
    )
    assert refusals(lambda: invited(session, cast.us_head, email="nobody@example.org")) == (Refusal.INVITED_ALREADY,)
    invited(session, cast.cn_head, email="nobody@example.org")  # what another side invited is unknown


def test_somebody_new_gets_an_account_and_who_has_one_does_not(session: orm.Session, cast: Cast) -> None:
    member = invitations.accept_as_new(
        session, invitation=invited(session, cast.us_head), name="Somebody", password="hash"
    )
    assert (member.account.email, member.account.name) == (EMAIL, "Somebody")

    theirs = invited(session, cast.us_head, email=cast.cn_adviser.account.email)
    with pytest.raises(CannotJoin, match="has an account already"):
        invitations.accept_as_new(session, invitation=theirs, name="Somebody", password="hash")
    assert invitations.find_open(session, theirs.id) is theirs


def test_only_the_inviting_side_reads_of_it(session: orm.Session, cast: Cast) -> None:
    by_head, by_office = invited(session, cast.us_head), invited(session, cast.secretariat, role=Role.OBSERVER)
    other = a_cast(session, short_name="another-dialogue")

    def read_by(member: Membership) -> set[Invitation]:
        return set(session.scalars(visible(member.actor).invitations()))

    for member in (*cast.members, *other.members):
        expected = {by_head} if member.delegation is cast.us else {by_office} if member is cast.secretariat else set()
        assert read_by(member) == expected, member.role
    chains = {
        entry.act: entry.chain
        for entry in session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.INVITED))
    }
    assert chains[Entered.INVITED] != ""
    assert EMAIL not in "".join(session.scalars(sa.select(JournalEntry.details)))


@pytest.mark.parametrize("by", ["an account", "somebody new"])
def test_taken_up_twice_at_one_instant_it_makes_one_member(writing: Begin, reading: Begin, by: str) -> None:
    with writing() as session:
        cast = a_cast(session)
        account = an_account(session, "known@example.org")

    def takes_up(invitation: Invitation) -> Callable[[], bool]:
        def act() -> bool:
            with writing() as session:
                lock_dialogue_of(session, Invitation, invitation.id)
                here = session.get_one(Invitation, invitation.id)
                try:
                    if by == "an account":
                        who = session.get_one(Account, account.id)
                        invitations.accept(session, invitation=here, account=who)
                    else:
                        invitations.accept_as_new(session, invitation=here, name="Somebody", password="hash")
                except (OutOfOrder, CannotJoin):
                    session.rollback()
                    return False
                return True

        return act

    for number in range(20):
        email = "known@example.org" if by == "an account" else f"new-{number}@example.org"
        with writing() as session:
            invitation = invited(session, session.get_one(Membership, cast.us_head.id), email=email)

        assert sorted(at_once(takes_up(invitation), takes_up(invitation))) == [False, True]
        with writing() as session:
            [member] = session.scalars(
                sa.select(Membership)
                .join(Membership.account)
                .where(Account.email == email, Membership.ended_at.is_(None))
            )
            members.end(session, member=member, by=member, told=False)
    with reading() as session:
        assert journal.verify(session) == ()
