"""Who may take part as what, and what the others learn of it."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_security.utils import verify_password

from tests import factories
from tests.conftest import Begin
from workflow import passwords
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Account, Entered, JournalEntry, Membership
from workflow.permissions import OF_A_DELEGATION, Role
from workflow.services import journal, members
from workflow.services.members import CannotJoin
from workflow.services.visible import visible


@pytest.mark.parametrize("role", Role)
def test_somebody_new_takes_part_in_the_role_given(writing: Begin, role: Role) -> None:
    with writing() as session:
        dialogue = factories.a_dialogue(session)
        us = factories.a_delegation(session, dialogue, factories.US)
        account = members.open_account(session, email="new@example.org", name="Somebody", password="hash")

        member = members.join(
            session,
            account=account,
            dialogue=dialogue,
            role=role,
            delegation=us if role in OF_A_DELEGATION else None,
        )

        assert (member.actor.role, member.actor.delegation) == (role, "US" if role in OF_A_DELEGATION else None)
        assert journal.verify(session) == ()


@pytest.mark.parametrize("role", Role)
def test_a_role_within_a_delegation_needs_one_and_every_other_has_none(writing: Begin, role: Role) -> None:
    with writing() as session:
        dialogue = factories.a_dialogue(session)
        us = factories.a_delegation(session, dialogue, factories.US)
        account = members.open_account(session, email="new@example.org", name="Somebody", password="hash")

        with pytest.raises(CannotJoin, match="belongs to"):
            members.join(
                session,
                account=account,
                dialogue=dialogue,
                role=role,
                delegation=None if role in OF_A_DELEGATION else us,
            )

        assert session.scalars(sa.select(Membership)).all() == []
        assert session.scalars(sa.select(JournalEntry)).all() == []


def test_nobody_joins_a_delegation_of_another_dialogue(writing: Begin) -> None:
    with writing() as session:
        here, there = factories.a_dialogue(session), factories.a_dialogue(session, short_name="there")
        theirs = factories.a_delegation(session, there, factories.US)
        account = members.open_account(session, email="new@example.org", name="Somebody", password="hash")

        with pytest.raises(CannotJoin, match="no delegation of exercise-dialogue"):
            members.join(session, account=account, dialogue=here, role=Role.HEAD, delegation=theirs)


def test_nobody_takes_part_twice_at_a_time(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)

        with pytest.raises(CannotJoin, match="takes part in exercise-dialogue already"):
            members.join(session, account=cast.us_head.account, dialogue=cast.dialogue, role=Role.OBSERVER)


def test_one_account_takes_part_in_several_dialogues(writing: Begin) -> None:
    with writing() as session:
        account = factories.a_cast(session).us_head.account
        other = factories.a_dialogue(session, short_name="other")

        members.join(session, account=account, dialogue=other, role=Role.OBSERVER)

        assert len(account.memberships) == 2


def test_an_address_has_one_account(writing: Begin) -> None:
    with writing() as session:
        members.open_account(session, email="new@example.org", name="Somebody", password="hash")

        with pytest.raises(CannotJoin, match="has an account already"):
            members.open_account(session, email="new@example.org", name="Somebody else", password="hash")

        assert session.scalars(sa.select(Account.name)).all() == ["Somebody"]


def test_only_the_own_side_learns_who_joined(writing: Begin) -> None:
    with writing() as session:
        dialogue = factories.a_dialogue(session)
        us = factories.a_delegation(session, dialogue, factories.US)
        account = members.open_account(session, email="new@example.org", name="Somebody", password="hash")
        members.join(session, account=account, dialogue=dialogue, role=Role.ADVISER, delegation=us)

        [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.MEMBER_JOINED))

        assert entry.chain == "US"
        assert (entry.said["role"], entry.said["delegation"]) == ("adviser", "US")


@pytest.mark.parametrize("typed", [" US.Head@Demo.Example ", "us.head@demo.example"])
def test_an_address_is_kept_as_sign_in_looks_it_up(typed: str) -> None:
    assert members.address(typed) == "us.head@demo.example"


@pytest.mark.parametrize("typed", ["", "nobody", "a@b@c.org", "a b@example.org", "a@example.org\nb"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(CannotJoin, match="is no e-mail address"):
        members.address(typed)


def test_sign_in_knows_a_password_that_was_hashed_outside_the_web(app: Flask) -> None:
    made = passwords.hashed("an é typed twice over")

    with app.test_request_context():
        assert verify_password("an e\N{COMBINING ACUTE ACCENT} typed twice over", made)
        assert not verify_password("something else entirely", made)


def test_who_leaves_takes_part_no_longer_and_stays_on_record(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)

        members.end(session, member=cast.us_drafter, by=cast.us_head, told=False)

        assert members.current(session, cast.us_drafter.account, cast.dialogue) is None
        assert members.side_of(session, cast.us_head.actor)[-1] is cast.us_drafter
        [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.MEMBERSHIP_ENDED))
        assert (entry.chain, entry.membership_id) == ("US", cast.us_head.id)
        with pytest.raises(OutOfOrder) as refused:
            members.end(session, member=cast.us_drafter, by=cast.us_head, told=True)
        assert refused.value.refusals == (Refusal.MEMBERSHIP_HAS_ENDED,)


@pytest.mark.parametrize(
    ("who", "because"), [("us_head", Refusal.LEAVES_NO_HEAD), ("secretariat", Refusal.LEAVES_NO_SECRETARIAT)]
)
def test_the_last_of_a_kind_leaves_when_told_what_that_leaves(writing: Begin, who: str, because: Refusal) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        member = getattr(cast, who)

        assert members.leaving(session, member).tells
        with pytest.raises(OutOfOrder) as refused:
            members.end(session, member=member, by=member, told=False)
        assert refused.value.refusals == (because,)
        members.end(session, member=member, by=member, told=True)
        assert member.ended_at is not None


def test_one_head_of_two_leaves_without_more(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        second = factories.a_member(
            session,
            cast.dialogue,
            Role.HEAD,
            cast.us,
            account=factories.an_account(session, email="second@example.org", name="Second head"),
        )

        assert not members.leaving(session, second).tells
        members.end(session, member=second, by=cast.us_head, told=False)


def test_each_side_reads_of_its_own_members_only(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        factories.a_cast(session, short_name="another-dialogue")

        for member in cast.members:
            expected = {
                Role.SECRETARIAT: {cast.secretariat, cast.observer},
                Role.OBSERVER: {cast.observer},
            }.get(member.role, set(cast.of(member.delegation.code)) if member.delegation else set())
            assert set(members.side_of(session, member.actor)) == expected


def test_private_drafts_of_who_left_are_read_by_nobody_and_shared_ones_stay(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        agreement = factories.an_agreement(session, factories.a_session(session, cast.dialogue))
        private = factories.a_draft(session, agreement, cast.us_drafter)
        shared = factories.a_draft(session, agreement, cast.us_drafter, is_shared=True)
        members.end(session, member=cast.us_drafter, by=cast.us_drafter, told=False)
        again = members.join(
            session,
            account=cast.us_drafter.account,
            dialogue=cast.dialogue,
            role=Role.DRAFTER,
            delegation=cast.us,
        )

        for member in (*cast.members, again):
            if member is not cast.us_drafter:
                read = set(session.scalars(visible(member.actor).drafts()))
                assert private not in read
                assert (shared in read) == (member.delegation is cast.us)
