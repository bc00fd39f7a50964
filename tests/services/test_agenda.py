"""The agenda: an item lives as long as its text does, and as long as every session keeps it."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_session, an_agreement
from tests.services.moves import CHANGED, accepted, adopted, amended, closed, common, deferred, refusals, tabled
from workflow.domain.closing import Cause, obstacles
from workflow.domain.negotiation import AmendmentKind, Refusal
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.models import AgendaItem, Agreement, DialogueSession, Disposition, Paragraph
from workflow.services import agenda, agendas, amendments, deferrals, drafts
from workflow.services.drafts import Place
from workflow.services.reading import carried_items, items_after, read

ITEM = Place(kind=ParagraphKind.NUMBERED_ITEM, tags=frozenset({Tag.AGENDA_ITEM}))


@pytest.fixture
def proposed(session: orm.Session, cast: Cast, agreement: Agreement) -> Paragraph:
    """An item that one side has tabled."""
    return tabled(session, agreement, cast.us_drafter, place=ITEM)


@pytest.fixture
def following(session: orm.Session, cast: Cast, agreement: Agreement) -> DialogueSession:
    """The session after, with a text of its own."""
    meeting = a_session(session, cast.dialogue)
    an_agreement(session, meeting, short_name="following")
    return meeting


def the_item(session: orm.Session, agreement: Agreement) -> AgendaItem:
    (item,) = items_after(session, agreement.session)
    return item


def dispose(
    session: orm.Session,
    item: AgendaItem,
    cast: Cast,
    meeting: DialogueSession,
    disposition: Disposition = Disposition.KEPT,
) -> None:
    agenda.dispose(session, item=item, meeting=meeting, by=cast.secretariat, disposition=disposition)


def test_one_side_puts_an_item_on_the_agenda_by_tabling_its_text(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph
) -> None:
    item = the_item(session, agreement)

    assert (item.paragraph, item.delegation, item.number) == (proposed, cast.us, 1)
    (shown,) = agendas.page(session, agreement.session).following
    assert shown.is_common is False


def test_both_sides_accept_it_as_text_of_the_agreement(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph
) -> None:
    accepted(session, amended(session, proposed, cast.cn_drafter), cast.us_drafter)

    (shown,) = agendas.page(session, agreement.session).following

    assert shown.is_common
    assert shown.item.paragraph.text == CHANGED


def test_an_item_whose_text_is_withdrawn_is_gone(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    amendments.withdraw(session, amendment=proposed.amendments[0], by=cast.us_drafter)

    assert items_after(session, agreement.session) == ()
    assert carried_items(session, following) == ()


def test_an_item_whose_text_is_deleted_is_gone(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph
) -> None:
    accepted(session, proposed.amendments[0], cast.cn_drafter)
    accepted(session, amended(session, proposed, cast.us_drafter, kind=AmendmentKind.SUP), cast.cn_drafter)

    assert items_after(session, agreement.session) == ()


def test_an_item_that_a_session_kept_is_gone_when_its_deferral_is_revoked_after_all(
    session: orm.Session, cast: Cast, agreement: Agreement, following: DialogueSession
) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)
    dispose(session, the_item(session, agreement), cast, following)
    assert len(items_after(session, following)) == 1

    deferrals.revoke(session, paragraph=paragraph, by=cast.us_head)

    assert items_after(session, following) == ()


def test_an_item_is_carried_on_only_through_sessions_that_each_kept_it(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    last = a_session(session, cast.dialogue)
    item = the_item(session, agreement)
    dispose(session, item, cast, following)
    assert carried_items(session, last) == (item,)
    dispose(session, item, cast, last)

    dispose(session, item, cast, following, Disposition.DROPPED)

    assert carried_items(session, last) == ()
    assert items_after(session, last) == ()


def test_a_session_disposes_only_of_what_is_on_its_agenda(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph
) -> None:
    item = the_item(session, agreement)

    assert refusals(lambda: dispose(session, item, cast, agreement.session)) == (Refusal.NOT_ON_THIS_AGENDA,)


def test_the_same_is_said_of_an_item_once(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    item = the_item(session, agreement)
    dispose(session, item, cast, following)

    assert refusals(lambda: dispose(session, item, cast, following)) == (Refusal.ALREADY_DISPOSED,)


def test_a_carried_item_nobody_has_disposed_of_stands_in_the_way_of_adoption(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    (later,) = following.agreements

    def causes() -> set[Cause]:
        return {one.cause for one in obstacles(read(session, later.id).closing)}

    assert Cause.CARRIED_ITEM_NOT_DISPOSED in causes()
    dispose(session, the_item(session, agreement), cast, following, Disposition.DISCUSSED_WITHOUT_RESULT)
    assert Cause.CARRIED_ITEM_NOT_DISPOSED not in causes()


def test_nothing_is_said_of_an_item_once_the_text_of_the_session_is_adopted(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    item = the_item(session, agreement)
    dispose(session, item, cast, following)
    (later,) = following.agreements
    closed(session, common(session, later, cast), cast)
    adopted(session, later, cast.us_head)
    adopted(session, later, cast.cn_head)

    assert refusals(lambda: dispose(session, item, cast, following, Disposition.DROPPED)) == (Refusal.TEXT_IS_ADOPTED,)


def test_an_item_goes_under_the_last_heading_below_its_lead_in(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    assert drafts.under_last_heading(read(session, agreement.id)).parent is None
    heading = common(session, agreement, cast, place=Place(kind=ParagraphKind.HEADING))
    assert drafts.under_last_heading(read(session, agreement.id)).parent == heading.id
    lead_in = common(session, agreement, cast, place=Place(kind=ParagraphKind.LEAD_IN, parent=heading.id))

    place = drafts.under_last_heading(read(session, agreement.id))

    assert (place.parent, place.label_style) == (lead_in.id, LabelStyle.PARENTHESISED)
    assert place.tags == {Tag.AGENDA_ITEM}


def test_an_item_is_disposed_of_at_a_session_of_its_own_dialogue(
    session: orm.Session, cast: Cast, agreement: Agreement, proposed: Paragraph, following: DialogueSession
) -> None:
    item = the_item(session, agreement)

    assert agendas.meeting_of(session, item, following.id) is following
    assert agendas.meeting_of(session, item, None) is None
    assert agendas.meeting_of(session, item, item.id) is None
