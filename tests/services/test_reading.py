"""An agreement read whole: order, labels, the moment it shows, in a constant number of statements."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph, a_session, a_text
from tests.services.moves import accepted, amended, common, tabled, takes
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Refusal, Stage, Standing
from workflow.domain.text import LabelStyle, ParagraphKind
from workflow.models import Agreement
from workflow.services import deferrals
from workflow.services.reading import closed_by, read


def statements(session: orm.Session, agreement: Agreement) -> int:
    """Return how many statements it takes to read `agreement` and work everything out."""
    session.flush()
    session.expunge_all()
    issued: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        issued.append(statement)

    sa.event.listen(session.get_bind(), "before_cursor_execute", listen)
    try:
        reading = read(session, agreement.id)
        _ = reading.closing, reading.numbers, reading.labels, reading.as_of, reading.standings, reading.listing
    finally:
        sa.event.remove(session.get_bind(), "before_cursor_execute", listen)
    return len(issued)


def test_it_takes_as_many_statements_for_a_long_text_as_for_a_short_one(session: orm.Session, cast: Cast) -> None:
    meeting = a_session(session, cast.dialogue)
    agreement = a_text(session, meeting)
    tabled(session, agreement, cast.us_drafter)
    short = statements(session, agreement)
    again = session.get_one(Agreement, agreement.id)
    cast_again = [session.get_one(type(one), one.id) for one in (cast.us_drafter, cast.cn_drafter, cast.us_head)]
    for number in range(5):
        paragraph = tabled(session, again, cast_again[0], Bilingual(f"Text {number}.", f"文本{number}。"))
        accepted(session, paragraph.amendments[0], cast_again[1])
        takes(session, paragraph, cast_again[2])
        amended(session, paragraph, cast_again[0])

    assert statements(session, again) == short


def test_items_are_labelled_in_their_own_list(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    lead_in = a_paragraph(session, agreement, kind=ParagraphKind.LEAD_IN)
    items = [
        a_paragraph(
            session,
            agreement,
            kind=ParagraphKind.NUMBERED_ITEM,
            parent=lead_in,
            label_style=LabelStyle.PARENTHESISED,
        )
        for _ in range(2)
    ]

    labels = read(session, agreement.id).labels

    assert [labels[one.id] for one in items] == [Bilingual("(1)", "（1）"), Bilingual("(2)", "（2）")]
    assert labels[lead_in.id] == Bilingual("", "")


def test_a_lead_in_with_nothing_under_it_governs_the_sections_that_follow(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in = a_paragraph(session, agreement, kind=ParagraphKind.LEAD_IN)
    heading = a_paragraph(session, agreement, kind=ParagraphKind.HEADING)
    inside = a_paragraph(session, agreement, parent=heading)
    after = a_paragraph(session, agreement)

    governing = {one.paragraph.id: one.governing for one in read(session, agreement.id).order}

    assert (governing[heading.id], governing[inside.id], governing[after.id]) == (lead_in, lead_in, None)


def test_a_published_text_is_of_the_last_day_of_its_session(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    reading = read(session, published.id)

    assert reading.stage is Stage.RECORDED
    assert reading.as_of == datetime(2026, 1, 13, tzinfo=UTC)


def test_an_open_text_is_of_the_last_act_on_it(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    empty = read(session, agreement.id).as_of
    paragraph = common(session, agreement, cast)
    first = read(session, agreement.id).as_of
    shown = read(session, agreement.id).faces[paragraph.id]
    deferrals.consent(session, paragraph=paragraph, by=cast.us_drafter, face=shown)

    assert empty < first < read(session, agreement.id).as_of


def test_a_published_paragraph_stands_as_recorded(session: orm.Session, cast: Cast, published: Agreement) -> None:
    paragraph = a_paragraph(session, published)

    assert read(session, published.id).standings == {paragraph.id: Standing.RECORDED}


def test_a_session_is_closed_when_its_text_is(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    assert closed_by(session, agreement.session) is None
    assert closed_by(session, published.session) is Refusal.RECORDED_AS_PUBLISHED
