"""What a text waits for, from whom."""

import pytest

from tests.domain.states import SIDES, TEXT, added, addition, amendment, in_points, paragraph, said
from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind, MotionState, Voice
from workflow.domain.negotiation import ParagraphState, Stage
from workflow.domain.positions import Stance
from workflow.domain.waiting import Wait, waits, waits_for_answer

HALF = Bilingual("Both sides should talk.", "")
TABLED = addition("CN")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param(paragraph(), (), id="agreed and certified text waits for nothing"),
        pytest.param(paragraph(stage=Stage.ADOPTED, positions={}), (), id="nor does adopted text"),
        pytest.param(paragraph(deferred_by=frozenset(SIDES), positions={}), (), id="nor what is deferred"),
        pytest.param(paragraph(live=(amendment("CN"),)), (Wait.ANSWER_AMENDMENT,), id="another's change"),
        pytest.param(paragraph(live=(amendment("CN", accepted_by=frozenset({"US"})),)), (), id="which was answered"),
        pytest.param(paragraph(live=(amendment("CN", kept_by=frozenset({"US"})),)), (), id="or left in brackets"),
        pytest.param(
            paragraph(sides=(*SIDES, "EU"), live=(in_points(taken_by={"US": frozenset({1})}),)),
            (),
            id="or answered in part",
        ),
        pytest.param(
            paragraph(live=(amendment("CN", against=TABLED.key),)), (), id="another's change of an earlier text"
        ),
        pytest.param(added(TABLED), (Wait.ANSWER_AMENDMENT,), id="another's addition"),
        pytest.param(added(addition("US", text=HALF)), (Wait.COMPLETE_COUNTERPART,), id="our own half text"),
        pytest.param(
            paragraph(live=(amendment("US", against=TABLED.key),)),
            (Wait.CONFIRM_AGAINST_NEW_TEXT,),
            id="our change of an earlier text",
        ),
        pytest.param(paragraph(deferred_by=frozenset({"CN"})), (Wait.ANSWER_DEFERRAL,), id="a proposal to defer"),
        pytest.param(paragraph(deferred_by=frozenset({"US"})), (), id="our own proposal to defer"),
        pytest.param(
            paragraph(positions={"CN": said()}, certified_by=frozenset({"CN"})),
            (Wait.TAKE_POSITION, Wait.CERTIFY),
            id="text nobody of ours has spoken on",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.AD_REFERENDUM, by_head=False)}),
            (Wait.CONFIRM_AD_REFERENDUM,),
            id="what is subject to our head's confirmation",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.RESERVE, by_head=False, awaits_head=True)}),
            (Wait.CONFIRM_AD_REFERENDUM,),
            id="what was recorded for our head",
        ),
        pytest.param(paragraph(current=HALF, positions={}), (), id="half a text cannot be decided on"),
        pytest.param(paragraph(current=TEXT, positions={"US": said()}), (), id="the other side's silence is theirs"),
    ],
)
def test_waits_for_the_us_side(state: ParagraphState, expected: tuple[Wait, ...]) -> None:
    assert waits(state, "US") == expected


@pytest.mark.parametrize(
    ("says", "is_open", "on", "waits"),
    [
        pytest.param({"US": Voice.CONSENTS}, True, "text", True, id="nothing said yet"),
        pytest.param({"US": Voice.CONSENTS, "CN": Voice.OBJECTS}, True, "text", False, id="answered"),
        pytest.param({"US": Voice.CONSENTS}, False, "text", False, id="closed"),
        pytest.param({"US": Voice.CONSENTS}, True, "another text", False, id="outrun"),
    ],
)
def test_a_motion_waits_for_who_has_said_nothing(
    says: dict[str, Voice], on: str, *, is_open: bool, waits: bool
) -> None:
    motion = MotionState(kind=MotionKind.MOVE, by="US", stands_on="text", says=says, is_open=is_open)

    assert waits_for_answer(motion, "CN", on=on) == waits
    assert not waits_for_answer(motion, "US", on=on)
