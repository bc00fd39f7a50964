"""Finalising: the list says beforehand, and exactly, what happens to what is not agreed."""

from uuid import UUID

import pytest

from tests.domain.states import OTHER, SIDES, TEXT, added, addition, agreement, amendment, paragraph, said
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.finalising import Fate, plan, plan_hash
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
