"""What an actor may read, as queries."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import (
    Cast,
    a_cast,
    a_document,
    a_draft,
    a_member,
    a_thread,
    an_account,
    an_agreement,
    one_of_everything,
)
from tests.factories import a_session as another_session
from tests.services.moves import common, tabled
from workflow.models import Agreement, Entered, JournalEntry, Scope
from workflow.permissions import Role
from workflow.services import journal
from workflow.services.visible import visible

QUERIES = (
    "sessions",
    "agreements",
    "agenda_items",
    "threads",
    "comments",
    "mentions",
    "tasks",
    "drafts",
    "journal",
    "documents",
    "looks",
    "positions",
)


@pytest.mark.parametrize("query", QUERIES)
def test_nobody_reads_anything_of_a_dialogue_they_take_no_part_in(session: orm.Session, query: str) -> None:
    insider = one_of_everything(session)
    outsider = a_cast(session, short_name="another-dialogue")
    mine = [row for member in insider.members for row in session.scalars(getattr(visible(member.actor), query)())]
    assert mine, "there is something to read"

    for member in outsider.members:
        assert not session.scalars(getattr(visible(member.actor), query)()).all()


def test_colleagues_are_those_who_take_part_for_the_own_delegation_now(session: orm.Session, cast: Cast) -> None:
    a_cast(session, short_name="another-dialogue")
    cast.us_adviser.ended_at = cast.us_adviser.began_at
    session.flush()

    for member in cast.members:
        expected = set(cast.of(member.delegation.code)) - {cast.us_adviser} if member.delegation else set()
        assert set(session.scalars(visible(member.actor).colleagues())) == expected


def test_internal_comments_are_read_by_the_own_delegation(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    ours = a_thread(session, paragraph, cast.us_adviser, scope=Scope.DELEGATION)
    shared = a_thread(session, paragraph, cast.cn_adviser)

    for member in cast.members:
        read = set(session.scalars(visible(member.actor).threads()))
        assert read == ({ours, shared} if member in cast.of("US") else {shared})


def test_drafts_are_read_by_their_author_and_once_shared_by_the_own_delegation(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    private = a_draft(session, agreement, cast.us_drafter)
    shared = a_draft(session, agreement, cast.us_translator, is_shared=True)

    for member in cast.members:
        read = set(session.scalars(visible(member.actor).drafts()))
        expected = {cast.us_drafter.id: {private, shared}}.get(
            member.id, {shared} if member in cast.of("US") else set()
        )
        assert read == expected


def test_a_tabled_draft_is_no_draft_any_more(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    tabled(session, agreement, cast.us_drafter)

    assert not session.scalars(visible(cast.us_drafter.actor).drafts()).all()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.SECRETARIAT])
def test_an_actor_whose_role_is_of_no_delegation_reads_no_draft_even_if_it_claims_one(
    session: orm.Session, cast: Cast, agreement: Agreement, role: Role
) -> None:
    a_draft(session, agreement, cast.us_drafter, is_shared=True)

    claiming = replace(cast.observer.actor, role=role, delegation="US")

    assert not session.scalars(visible(claiming).drafts()).all()


def test_documents_are_known_to_the_own_delegation_and_to_who_belongs_to_none_only_the_own(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    made = {
        member: a_document(session, agreement, member) for member in (cast.us_head, cast.observer, cast.secretariat)
    }

    for member in cast.members:
        expected = {made[cast.us_head]} if member in cast.of("US") else {made[member]} if member in made else set()
        assert set(session.scalars(visible(member.actor).documents())) == expected


def test_the_journal_is_the_shared_chain_and_the_own(session: orm.Session, cast: Cast) -> None:
    entered = {
        member: journal.enter(
            session, Entered.DOCUMENT_MADE, by=member, dialogue=cast.dialogue, chain=journal.chain_of(member)
        )
        for member in (cast.us_drafter, cast.cn_drafter, cast.observer, cast.secretariat)
    }
    shared = journal.enter(session, Entered.ISSUED, by=cast.secretariat, dialogue=cast.dialogue)

    for member in cast.members:
        own = {
            entered[one] for one in entered if one is member or (one.delegation and one.delegation is member.delegation)
        }
        assert set(session.scalars(visible(member.actor).journal())) == {shared} | own


def test_one_observer_does_not_learn_what_another_has_taken_home(session: orm.Session, cast: Cast) -> None:
    other = a_member(
        session, cast.dialogue, Role.OBSERVER, account=an_account(session, email="second@x.example", name="observer 2")
    )
    journal.enter(session, Entered.DOCUMENT_MADE, by=other, dialogue=cast.dialogue, chain=journal.chain_of(other))

    assert not session.scalars(visible(cast.observer.actor).journal()).all()


@pytest.mark.parametrize("act", [Entered.DRAFT_BEGUN, Entered.DRAFT_SAVED, Entered.DRAFT_DISCARDED])
def test_what_a_person_does_alone_is_read_by_nobody_else_of_the_delegation(
    session: orm.Session, cast: Cast, act: Entered
) -> None:
    entry = journal.enter(session, act, by=cast.us_drafter, dialogue=cast.dialogue, chain="US")

    read_by = {one for one in cast.members if entry in set(session.scalars(visible(one.actor).journal()))}

    assert read_by == {cast.us_drafter}


def test_the_newest_session_and_the_newest_entry_come_first(session: orm.Session, cast: Cast) -> None:
    meetings = [another_session(session, cast.dialogue) for _ in range(2)]
    texts = [an_agreement(session, one, short_name=f"text-{one.ordinal}") for one in meetings]
    for _ in range(2):
        journal.enter(session, Entered.ISSUED, by=cast.secretariat, dialogue=cast.dialogue)
    see = visible(cast.observer.actor)

    assert list(session.scalars(see.sessions())) == meetings[::-1]
    assert list(session.scalars(see.agreements())) == texts[::-1]
    assert list(session.scalars(see.journal().with_only_columns(JournalEntry.number))) == [2, 1]
    assert session.scalar(sa.select(sa.func.count(JournalEntry.id))) == 2
