"""When an invitation can be taken up, and when a seat can be left."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.domain.negotiation import Refusal
from workflow.domain.seats import is_open, refusals_to_end

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "left", "may_still_invite", "expected"),
    [
        pytest.param(False, 1, True, True, id="until its moment"),
        pytest.param(False, 0, True, False, id="not at its moment"),
        pytest.param(True, 1, True, False, id="not once it was accepted or withdrawn"),
        pytest.param(False, 1, False, False, id="not after who invited could not do so any more"),
    ],
)
def test_an_invitation_can_be_taken_up(ended: bool, left: int, may_still_invite: bool, expected: bool) -> None:  # noqa: FBT001 -- a table
    expires_at = NOW + timedelta(seconds=left)

    assert is_open(ended=ended, expires_at=expires_at, now=NOW, may_still_invite=may_still_invite) is expected


@pytest.mark.parametrize(
    ("has_ended", "last_head", "last_secretariat", "told", "because"),
    [
        (False, False, False, False, ()),
        (True, True, True, True, (Refusal.MEMBERSHIP_HAS_ENDED,)),
        (False, True, False, False, (Refusal.LEAVES_NO_HEAD,)),
        (False, False, True, False, (Refusal.LEAVES_NO_SECRETARIAT,)),
        (False, True, False, True, ()),
    ],
)
def test_a_seat_is_left_with_what_that_leaves_being_told(
    has_ended: bool,  # noqa: FBT001 -- a table
    last_head: bool,  # noqa: FBT001 -- a table
    last_secretariat: bool,  # noqa: FBT001 -- a table
    told: bool,  # noqa: FBT001 -- a table
    because: tuple[Refusal, ...],
) -> None:
    refusals = refusals_to_end(has_ended=has_ended, last_head=last_head, last_secretariat=last_secretariat, told=told)

    assert refusals == because
