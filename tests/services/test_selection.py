"""Some paragraphs of a text: those asked for, what they stand under, and how many each choice would show."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph, a_position
from workflow.domain.negotiation import Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement
from workflow.services import agreements, selection
from workflow.services.reading import read
from workflow.services.rows import Row

Ask: TypeAlias = Callable[..., selection.Selection]


@pytest.fixture
def rows(session: orm.Session, cast: Cast, agreement: Agreement) -> tuple[Row, ...]:
    """A heading, under it a lead-in with two items, and a paragraph under no heading; one item reserved on."""
    heading = a_paragraph(session, agreement, kind=ParagraphKind.HEADING)
    lead_in = a_paragraph(session, agreement, kind=ParagraphKind.LEAD_IN, parent=heading)
    items = [a_paragraph(session, agreement, kind=ParagraphKind.BULLET, parent=lead_in) for _ in range(2)]
    a_paragraph(session, agreement)
    a_position(session, items[1], cast.cn_head, Stance.RESERVE, reason="Why.")
    for one in (heading, lead_in, items[0]):
        a_position(session, one, cast.us_head)
    session.expire_all()
    return agreements.page(session, read(session, agreement.id), cast.us_adviser.actor).rows


def test_what_fits_keeps_the_lead_in_and_the_heading_it_stands_under(rows: tuple[Row, ...]) -> None:
    found = selection.everything(rows, standing=Standing.RESERVED)

    assert [rows.index(one) for one in found.rows] == [0, 1, 3]
    assert (found.fitting, found.hidden) == (1, 2)
    assert [(one.heading is not None, len(one.rows)) for one in found.sections] == [(True, 2)]


def test_a_whole_text_hides_nothing(rows: tuple[Row, ...]) -> None:
    found = selection.everything(rows, standing=None)

    assert found.rows == rows
    assert (found.fitting, found.hidden) == (len(rows), 0)


@pytest.mark.parametrize("standing", [None, *Standing])
@pytest.mark.parametrize("ask", [selection.everything, selection.waiting])
def test_each_choice_shows_as_many_as_it_says(rows: tuple[Row, ...], standing: Standing | None, ask: Ask) -> None:
    found = ask(rows, standing=standing)

    assert found.standings == {one: ask(rows, standing=one).fitting for one in found.standings}
    assert found.any_standing == ask(rows, standing=None).fitting
    assert found.waiting == selection.waiting(rows, standing=standing).fitting
    assert found.anybody == selection.everything(rows, standing=standing).fitting
    assert len(found.rows) + found.hidden == len(rows)


def test_a_lead_in_is_not_hidden_where_its_item_waits(rows: tuple[Row, ...]) -> None:
    found = selection.waiting(rows, standing=Standing.NO_POSITION)

    assert found.fitting < len(rows)
    assert {one.key for one in found.rows} >= {one.paragraph.parent_id for one in found.rows if one.paragraph.parent_id}
