"""A reading kept from an earlier page is the one that would be read now."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Begin
from tests.factories import a_cast, a_session, an_agreement
from tests.kept import said
from tests.long_texts import a_long_text
from tests.services.moves import amended, common
from workflow.db import WRITE
from workflow.models import Agreement, Membership
from workflow.permissions import Role
from workflow.services import kept_readings
from workflow.services.kept_readings import shown
from workflow.services.reading import Reading, read


@pytest.fixture
def key(writing: Begin) -> UUID:
    """Of an agreement with one common paragraph."""
    with writing() as session:
        cast = a_cast(session)
        agreement = an_agreement(session, a_session(session, cast.dialogue))
        common(session, agreement, cast)
        return agreement.id


def test_the_second_page_shows_what_the_first_has_read_and_asks_nothing(reading: Begin, key: UUID) -> None:
    with reading() as session:
        first = shown(session, session.get_one(Agreement, key))
        as_first = said(first)
    with reading() as session:
        agreement = session.get_one(Agreement, key)
        assert agreement.dialogue.last_act
        asked: list[str] = []
        sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *what: asked.append(what[2]))
        second = shown(session, agreement)

        assert second is first
        assert said(second) == as_first == said(read(session, key))


def test_all_of_it_can_be_read_when_its_transaction_is_over(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=12, comments=0).agreement.id
    with reading() as session:
        kept = shown(session, session.get_one(Agreement, key))
    with reading() as session:
        assert said(kept) == said(read(session, key))
    assert orm.object_session(kept.agreement) is None


def test_after_an_act_it_is_read_anew(writing: Begin, reading: Begin, key: UUID) -> None:
    with reading() as session:
        before = shown(session, session.get_one(Agreement, key))
    with writing() as session:
        agreement = session.get_one(Agreement, key)
        by = session.scalars(sa.select(Membership).where(Membership.role == Role.DRAFTER)).first()
        assert by
        amended(session, agreement.paragraphs[0], by)
        assert len(shown(session, agreement).states[agreement.paragraphs[0].id].live) == 1
    with reading() as session:
        after = shown(session, session.get_one(Agreement, key))

        assert after is not before
        assert said(after) == said(read(session, key)) != said(before)


def test_what_is_not_committed_is_kept_for_nobody(writing: Begin, reading: Begin, key: UUID) -> None:
    with writing() as session:
        agreement = session.get_one(Agreement, key)
        assert agreement.dialogue.last_act
        agreement.paragraphs[0].given_number = "7 bis"
        assert shown(session, agreement).numbers[agreement.paragraphs[0].id] == "7 bis"
        session.rollback()
        session.connection(execution_options=WRITE)
    with reading() as session:
        assert "7 bis" not in shown(session, session.get_one(Agreement, key)).numbers.values()


def test_what_time_alone_can_change_is_read_every_time(
    writing: Begin, reading: Begin, monkeypatch: pytest.MonkeyPatch, key: UUID
) -> None:
    def timed(session: orm.Session, agreement_id: UUID) -> Reading:
        return replace(read(session, agreement_id), moment=datetime(2026, 1, 5, tzinfo=UTC))

    monkeypatch.setattr(kept_readings, "read", timed)
    with reading() as session:
        agreement = session.get_one(Agreement, key)
        assert shown(session, agreement) is not shown(session, agreement)


def test_the_last_used_are_kept(writing: Begin, reading: Begin, monkeypatch: pytest.MonkeyPatch, key: UUID) -> None:
    monkeypatch.setattr(kept_readings, "MOST", 1)
    with writing() as session:
        cast = a_cast(session, short_name="another")
        other = an_agreement(session, a_session(session, cast.dialogue), short_name="another")
        common(session, other, cast)
    with reading() as session:
        first, second = session.get_one(Agreement, key), session.get_one(Agreement, other.id)
        kept = shown(session, first)
        assert shown(session, first) is kept
        shown(session, second)
        assert shown(session, first) is not kept


def test_where_nothing_was_done_yet_nothing_names_it(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        agreement = an_agreement(session, a_session(session, a_cast(session).dialogue))
    with reading() as session:
        agreement = session.get_one(Agreement, agreement.id)
        assert agreement.dialogue.last_act is None
        assert shown(session, agreement) is not shown(session, agreement)
