"""Who may take part as what, and what the others learn of it."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_security.utils import verify_password

from tests import factories
from tests.conftest import Begin
from workflow import passwords
from workflow.models import Account, Entered, JournalEntry, Membership
from workflow.permissions import OF_A_DELEGATION, Role
from workflow.services import journal, members
from workflow.services.members import CannotJoin


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
