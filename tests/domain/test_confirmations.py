"""What a side can confirm in one reading, and why it stands on the list (12, 19, 20, 23)."""

import pytest

from tests.domain.states import SIDES, added, addition, paragraph, said
from workflow.domain.confirmations import Ground, ground
from workflow.domain.negotiation import ParagraphState, Stage
from workflow.domain.positions import PositionInForce, Stance


def held(position: PositionInForce | None) -> ParagraphState:
    """Return common text on which the United States' position is this."""
    return paragraph(positions={"US": position} if position else {})


def why(state: ParagraphState, *, as_head: bool = True, agreed_earlier: bool = False) -> Ground | None:
    return ground(state, by="US", as_head=as_head, agreed_earlier=agreed_earlier)


AD_REFERENDUM = said(Stance.AD_REFERENDUM, by_head=False)


@pytest.mark.parametrize(
    ("position", "as_head", "agreed_earlier", "expected"),
    [
        (AD_REFERENDUM, True, False, Ground.AD_REFERENDUM),
        (said(Stance.AD_REFERENDUM), True, False, Ground.AD_REFERENDUM),
        (said(Stance.AD_REFERENDUM, by_head=False, awaits_head=True), True, True, Ground.FOR_THE_HEAD),
        (None, True, True, Ground.AGREED_EARLIER),
        (None, False, True, Ground.AGREED_EARLIER),
        (None, True, False, None),
        (AD_REFERENDUM, False, True, None),
        (said(Stance.AGREE), True, True, None),
        (said(Stance.RESERVE), True, True, None),
    ],
)
def test_a_list_holds_what_its_reader_can_confirm(
    position: PositionInForce | None, *, as_head: bool, agreed_earlier: bool, expected: Ground | None
) -> None:
    assert why(held(position), as_head=as_head, agreed_earlier=agreed_earlier) is expected


@pytest.mark.parametrize(
    "state",
    [
        paragraph(stage=Stage.ADOPTED, positions={"US": AD_REFERENDUM}),
        paragraph(stage=Stage.RECORDED, positions={"US": AD_REFERENDUM}),
        paragraph(deferred_by=frozenset(SIDES), positions={"US": AD_REFERENDUM}),
        added(addition()),
    ],
)
def test_what_is_closed_out_of_the_text_or_not_common_yet_is_on_no_list(state: ParagraphState) -> None:
    assert why(state, agreed_earlier=True) is None


def test_a_deletion_is_confirmed_like_any_other_wording() -> None:
    deleted = paragraph(is_deleted=True, positions={"US": AD_REFERENDUM})

    assert why(deleted) is Ground.AD_REFERENDUM
