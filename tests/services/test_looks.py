"""Saying "I have looked at this text": for oneself alone, of the text on the page."""

import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import OTHER, common, refusals, tabled
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, JournalEntry
from workflow.services import looks


def test_the_last_look_is_the_members_own(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    looks.look(session, agreement=agreement, by=cast.us_head, seen=agreement.issuable)
    last = looks.look(session, agreement=agreement, by=cast.us_head, seen=agreement.issuable)

    assert looks.last_look(session, agreement.id, cast.us_head.actor) == last.at
    assert [looks.last_look(session, agreement.id, one.actor) for one in cast.members if one is not cast.us_head] == [
        None
    ] * (len(cast.members) - 1)


def test_no_journal_tells_of_a_look(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    before = session.scalar(sa.select(sa.func.count()).select_from(JournalEntry))

    looks.look(session, agreement=agreement, by=cast.us_head, seen=agreement.issuable)

    assert session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) == before


def test_nobody_has_looked_at_a_text_that_came_after_the_page(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    seen = agreement.issuable
    tabled(session, agreement, cast.cn_drafter, OTHER)

    assert refusals(lambda: looks.look(session, agreement=agreement, by=cast.us_head, seen=seen)) == (
        Refusal.TEXT_HAS_CHANGED,
    )
    assert looks.last_look(session, agreement.id, cast.us_head.actor) is None
