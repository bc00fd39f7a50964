"""Silence procedures: broken one second before the stated moment, and not one second after."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.domain.silence import SilenceState, state

OPENED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
EXPIRES = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "disturbed", "same_text", "expected"),
    [
        pytest.param(EXPIRES - SECOND, (), True, SilenceState.RUNNING, id="it runs up to the moment"),
        pytest.param(EXPIRES, (), True, SilenceState.ENDED, id="at the moment it has ended"),
        pytest.param(
            EXPIRES, (EXPIRES - SECOND,), True, SilenceState.BROKEN, id="an objection a second before breaks it"
        ),
        pytest.param(EXPIRES + SECOND, (EXPIRES,), True, SilenceState.ENDED, id="one at the moment is too late"),
        pytest.param(
            EXPIRES, (OPENED, OPENED - SECOND), True, SilenceState.ENDED, id="what was before it does not count"
        ),
        pytest.param(OPENED + SECOND, (), False, SilenceState.BROKEN, id="on another text it is broken"),
    ],
)
def test_a_silence(now: datetime, disturbed: tuple[datetime, ...], same_text: bool, expected: SilenceState) -> None:  # noqa: FBT001 -- a column of the table
    assert state(opened=OPENED, expires=EXPIRES, now=now, disturbed=disturbed, same_text=same_text) is expected
