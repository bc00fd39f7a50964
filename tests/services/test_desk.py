"""The desk: what waits for whom, and the history one may read."""

from sqlalchemy import orm

from tests.factories import Cast, a_participant_list
from tests.services.moves import adopted, closed, common, drafted, tabled
from workflow.domain.waiting import Wait
from workflow.models import Agreement, Entered, Membership
from workflow.services import participants
from workflow.services.desk import Desk, desk, history


def of(session: orm.Session, member: Membership) -> Desk:
    session.flush()
    session.expire_all()
    return desk(session, member)


def test_what_waits_is_shown_to_those_who_can_do_it(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    waiting = {member.id: [row.waits for row in of(session, member).tables[0].waiting] for member in cast.members}

    assert [waiting[one.id] for one in (cast.cn_head, cast.cn_drafter)] == [[(Wait.ANSWER_AMENDMENT,)]] * 2
    assert not any(waiting[one.id] for one in cast.members if one not in {cast.cn_head, cast.cn_drafter})
    assert of(session, cast.cn_head).tables[0].waiting[0].key == paragraph.id


def test_a_head_is_asked_for_the_own_list_until_it_is_confirmed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    listed = a_participant_list(session, agreement.session, cast.us)
    assert of(session, cast.us_head).tables[0].list_to_confirm is listed
    assert of(session, cast.us_drafter).tables[0].list_to_confirm is None
    assert of(session, cast.cn_head).tables[0].list_to_confirm is None

    participants.confirm(session, participant_list=listed, by=cast.us_head, seen=listed.confirmable_hash)

    assert of(session, cast.us_head).tables[0].list_to_confirm is None


def test_a_head_is_told_when_only_the_own_word_is_missing(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    closed(session, common(session, agreement, cast), cast)
    assert of(session, cast.us_head).tables[0].can_adopt
    assert not of(session, cast.us_drafter).tables[0].can_adopt

    adopted(session, agreement, cast.us_head)

    assert not of(session, cast.us_head).tables[0].can_adopt
    assert of(session, cast.cn_head).tables[0].can_adopt


def test_an_adopted_or_published_text_is_no_longer_on_the_table(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    closed(session, common(session, agreement, cast), cast)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)

    shown = of(session, cast.us_head)

    assert (shown.tables, set(shown.closed)) == ((), {agreement, published})


def test_the_history_of_a_text_is_what_its_reader_may_know(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    tabled(session, agreement, cast.us_drafter)
    drafted(session, agreement, cast.us_drafter)

    def acts(member: Membership) -> list[Entered]:
        return [one.act for one in history(session, agreement, member, limit=10)]

    assert acts(cast.cn_drafter) == [Entered.ADDITION_TABLED]
    assert acts(cast.us_head) == [Entered.ADDITION_TABLED]
    assert acts(cast.us_drafter) == [Entered.DRAFT_BEGUN, Entered.ADDITION_TABLED, Entered.DRAFT_BEGUN]
    assert len(history(session, agreement, cast.us_drafter, limit=1)) == 1
    assert [one.act for one in of(session, cast.us_drafter).recent] == [Entered.ADDITION_TABLED]
