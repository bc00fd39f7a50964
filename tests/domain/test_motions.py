"""Motions: nothing happens before every side consents, and nobody consents to what is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.motions import MotionAct, MotionKind, MotionMove, MotionState, Voice, carries, check, refusals
from workflow.domain.negotiation import OutOfOrder, Refusal

SIDES = ("US", "CN", "EU")


def motion(**changes: object) -> MotionState:
    usual: dict[str, object] = {
        "kind": MotionKind.MOVE,
        "by": "US",
        "stands_on": "text",
        "says": {"US": Voice.CONSENTS},
    }
    return MotionState(**(usual | changes))  # type: ignore[arg-type]  # the fields of a MotionState


@pytest.mark.parametrize(
    ("act", "by", "on", "state", "expected"),
    [
        pytest.param(MotionAct.CONSENT, "CN", "text", motion(), (), id="another side consents"),
        pytest.param(
            MotionAct.CONSENT, "US", "text", motion(), (Refusal.ALREADY_SAID_SO,), id="whoever put it has consented"
        ),
        pytest.param(
            MotionAct.CONSENT,
            "CN",
            "other",
            motion(),
            (Refusal.TEXT_HAS_CHANGED,),
            id="nobody consents to what is gone",
        ),
        pytest.param(
            MotionAct.CONSENT, "CN", "text", motion(is_open=False), (Refusal.MOTION_IS_CLOSED,), id="what ended is over"
        ),
        pytest.param(MotionAct.OBJECT, "CN", "other", motion(), (), id="an objection needs no text"),
        pytest.param(
            MotionAct.OBJECT,
            "CN",
            "text",
            motion(says={"CN": Voice.OBJECTS}),
            (Refusal.ALREADY_SAID_SO,),
            id="an objection is made once",
        ),
        pytest.param(MotionAct.TAKE_BACK, "CN", "text", motion(), (Refusal.NOTHING_SAID,), id="nothing to take back"),
        pytest.param(MotionAct.TAKE_BACK, "US", "text", motion(), (), id="consent is taken back"),
        pytest.param(
            MotionAct.WITHDRAW, "CN", "text", motion(), (Refusal.NOT_YOUR_MOTION,), id="only its own side withdraws it"
        ),
        pytest.param(MotionAct.WITHDRAW, None, "text", motion(by=None), (), id="the secretariat withdraws its own"),
    ],
)
def test_a_motion_is_in_order(
    act: MotionAct, by: str | None, on: str, state: MotionState, expected: tuple[Refusal, ...]
) -> None:
    move = MotionMove(act=act, by=by, on=on)
    assert refusals(state, move) == expected
    if expected:
        with pytest.raises(OutOfOrder):
            check(state, move)
    else:
        check(state, move)


@pytest.mark.parametrize("act", [MotionAct.OBJECT, MotionAct.TAKE_BACK, MotionAct.WITHDRAW])
def test_what_a_head_said_to_a_motion_only_a_head_changes(act: MotionAct) -> None:
    state = motion(said_by_heads=frozenset({"US"}))

    assert refusals(state, MotionMove(act=act, by="US", on="text")) == (Refusal.HEAD_HAS_SPOKEN,)
    assert refusals(state, MotionMove(act=act, by="US", as_head=True, on="text")) == ()


@given(st.dictionaries(st.sampled_from(SIDES), st.sampled_from(Voice)), st.sampled_from(SIDES))
def test_it_carries_with_the_last_consent_and_not_before(says: dict[str, Voice], by: str) -> None:
    state = motion(says={side: voice for side, voice in says.items() if voice is not Voice.TAKES_BACK})

    others = [side for side in SIDES if side != by]
    assert carries(state, by=by, sides=SIDES) == all(says.get(side) is Voice.CONSENTS for side in others)
