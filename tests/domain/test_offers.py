"""What a page offers: acts that have an object, whatever keeps them from being done."""

from uuid import uuid4

import pytest

from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Act, AmendmentKind, LiveAmendment, Move, ParagraphState, Refusal, Stage
from workflow.domain.offers import WITHOUT_OBJECT, choosing, is_offered

TEXT = Bilingual("Both sides could meet.", "双方可以会晤。")


@pytest.mark.parametrize("refusal", Refusal)
def test_an_act_is_offered_unless_there_is_nothing_to_do_it_to(refusal: Refusal) -> None:
    assert is_offered(())
    assert is_offered((Refusal.TEXT_IS_ADOPTED,))
    assert is_offered((Refusal.TEXT_IS_ADOPTED, refusal)) == (refusal not in WITHOUT_OBJECT)


@pytest.mark.parametrize(
    ("taken", "chosen"), [({}, {1}), ({"US": {1}}, {2}), ({"US": {2}}, {1}), ({"EU": {1}}, {1})], ids=str
)
def test_a_choice_of_points_is_never_the_one_that_was_made(taken: dict[str, set[int]], chosen: set[int]) -> None:
    live = LiveAmendment(
        key=uuid4(),
        by="CN",
        kind=AmendmentKind.MOD,
        text=TEXT,
        against=None,
        taken_by={side: frozenset(points) for side, points in taken.items()},
    )
    state = ParagraphState(
        stage=Stage.NEGOTIATION, sides=("US", "CN", "EU"), current=TEXT, base=None, face="", live=(live,)
    )

    made = choosing(state, Move(act=Act.ACCEPT_IN_PART, by="US", amendment=live.key))

    assert made.chosen == chosen
    assert choosing(state, Move(act=Act.ACCEPT_IN_PART, by="US")).chosen == {1}
