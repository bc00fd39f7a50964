"""What lies on the table: one paragraph of the text, the last one put there, the same to everybody."""

from functools import partial

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import accepted, amended, common, refusals, tabled, takes
from workflow.domain.negotiation import AmendmentKind, Refusal
from workflow.models import Agreement, JournalEntry
from workflow.services import table_views
from workflow.services.table_views import SIZES, SMALLEST


def test_the_last_one_put_there_lies_there_until_it_is_taken_off(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    one, other = common(session, agreement, cast), tabled(session, agreement, cast.us_drafter)
    lying = [table_views.lying(session, agreement.id, cast.cn_head.actor)]
    for key in (one.id, other.id, None, one.id):
        table_views.put(session, agreement=agreement, key=key, by=cast.secretariat)
        lying.append(table_views.lying(session, agreement.id, cast.cn_head.actor))

    assert lying == [None, one.id, other.id, None, one.id]


def test_nothing_of_it_is_in_the_journal(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    before = session.scalar(sa.select(sa.func.count()).select_from(JournalEntry))

    table_views.put(session, agreement=agreement, key=paragraph.id, by=cast.secretariat)

    assert session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) == before


def test_only_what_is_in_this_text_is_put_there(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    gone = common(session, agreement, cast)
    accepted(session, amended(session, gone, cast.us_drafter, kind=AmendmentKind.SUP), cast.cn_drafter)
    for text, key, why in (
        (published, paragraph.id, Refusal.RECORDED_AS_PUBLISHED),
        (agreement, gone.id, Refusal.PARAGRAPH_IS_OUT),
    ):
        put = partial(table_views.put, session, agreement=text, key=key, by=cast.secretariat)
        assert refusals(put) == (why,)


def test_the_mark_changes_with_what_lies_there_and_with_every_act_before_all_sides(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    marks = [table_views.mark(session, agreement.id, cast.cn_head.actor)]
    table_views.put(session, agreement=agreement, key=paragraph.id, by=cast.secretariat)
    marks.append(table_views.mark(session, agreement.id, cast.cn_head.actor))
    takes(session, paragraph, cast.us_head)
    marks.append(table_views.mark(session, agreement.id, cast.cn_head.actor))

    assert len(set(marks)) == 3
    assert len({table_views.mark(session, agreement.id, one.actor) for one in cast.members}) == 1


def test_what_lies_there_is_the_same_to_everybody(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    amended(session, paragraph, cast.cn_drafter)
    table_views.put(session, agreement=agreement, key=paragraph.id, by=cast.secretariat)

    shown = [table_views.page(session, agreement.id, one.actor) for one in cast.members]

    assert len({(page.row.standing, page.row.negotiating, page.row.number) for page in shown if page.row}) == 1
    assert all(page.row for page in shown)


@given(english=st.integers(1, 4_000), chinese=st.integers(1, 2_000))
def test_a_longer_text_is_never_set_larger(english: int, chinese: int) -> None:
    order = [size for _, size in SIZES] + [SMALLEST]

    def size(en: int, zh: int) -> int:
        return order.index(table_views.size_of(("a" * en,), ("字" * zh,)))

    assert size(english + 1, chinese) >= size(english, chinese)
    assert size(english, chinese + 1) >= size(english, chinese)
