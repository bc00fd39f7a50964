"""Finalising: the list says beforehand, and exactly, what happens to what is not agreed."""

from uuid import UUID

import pytest

from tests.domain.states import OTHER, SIDES, TEXT, added, addition, agreement, amendment, paragraph, said
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.closing import Cause
from workflow.domain.finalising import Fate, plan, plan_hash, unsettled
from workflow.domain.negotiation import ParagraphState
from workflow.domain.positions import Stance

KEY = UUID(int=1)
CHANGE = amendment()
NEW = addition()
RESERVED = {"US": said(), "CN": said(Stance.RESERVE)}


@pytest.mark.parametrize(
    ("state", "before", "fate", "text"),
    [
        pytest.param(added(NEW), None, Fate.DROPS, NOTHING, id="an addition never agreed drops out"),
        pytest.param(
            paragraph(live=(CHANGE,)), None, Fate.CHANGES_LAPSE, TEXT, id="a disputed change lapses and the text stands"
        ),
        pytest.param(
            paragraph(positions=RESERVED), OTHER, Fate.REVERTS, OTHER, id="a reserved text goes back to what all agreed"
        ),
        pytest.param(
            paragraph(positions=RESERVED, live=(CHANGE,)),
            None,
            Fate.STAYS_OPEN,
            TEXT,
            id="a reserved text nobody agreed to before stays open",
        ),
        pytest.param(
            paragraph(is_deleted=True, current=NOTHING, positions=RESERVED),
            OTHER,
            Fate.REVERTS,
            OTHER,
            id="a deletion under reservation goes back too",
        ),
    ],
)
def test_what_is_not_agreed(state: ParagraphState, before: Bilingual | None, fate: Fate, text: Bilingual) -> None:
    (one,) = plan(agreement(state), {KEY: before} if before else {})

    assert (one.paragraph, one.fate, one.text) == (KEY, fate, text)
    assert one.lapsing == tuple(live.key for live in state.live)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(paragraph(), id="what is agreed is left alone"),
        pytest.param(paragraph(positions={}), id="what nobody has spoken on is not in dispute"),
        pytest.param(paragraph(live=(CHANGE,), deferred_by=frozenset(SIDES)), id="what all carry over is parked"),
        pytest.param(added(NEW, deferred_by=frozenset(SIDES)), id="so is an addition"),
    ],
)
def test_what_is_not_on_the_list(state: ParagraphState) -> None:
    assert plan(agreement(state), {KEY: OTHER}) == ()


def test_another_list_or_another_text_is_another_hash() -> None:
    one = plan(agreement(added(NEW)), {})
    other = plan(agreement(paragraph(live=(CHANGE,))), {})

    assert len({plan_hash(one, listing="a"), plan_hash(one, listing="b"), plan_hash(other, listing="a")}) == 3


@pytest.mark.parametrize(
    ("state", "before", "left"),
    [
        pytest.param(added(NEW), None, [Cause.NO_TEXT], id="what drops out leaves nothing behind"),
        pytest.param(paragraph(live=(CHANGE,)), None, [], id="a change that lapses leaves an agreed text"),
        pytest.param(
            paragraph(live=(CHANGE,), positions={}), None, [Cause.NO_POSITION], id="nobody has spoken on what stands"
        ),
        pytest.param(
            paragraph(positions=RESERVED),
            OTHER,
            [Cause.NO_POSITION, Cause.NO_CERTIFICATE],
            id="what goes back asks everybody again",
        ),
        pytest.param(
            paragraph(positions=RESERVED),
            Bilingual("Within [ ] days.", "在[ ]天内。"),
            [Cause.PLACEHOLDER, Cause.NO_CERTIFICATE],
            id="and may have a blank",
        ),
        pytest.param(paragraph(positions=RESERVED), None, [Cause.RESERVATION], id="what stays open stays open"),
    ],
)
def test_the_list_says_what_finalising_does_not_settle(
    state: ParagraphState, before: Bilingual | None, left: list[Cause]
) -> None:
    whole = agreement(state)

    assert [one.cause for one in unsettled(whole, plan(whole, {KEY: before} if before else {}))] == left
