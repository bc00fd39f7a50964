"""What a moment means now: soon in the last day, overdue from the moment on."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.domain.due import SOON, Due, due

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "pressing"),
    [
        (None, Due.WHENEVER),
        (NOW + SOON + A_SECOND, Due.LATER),
        (NOW + SOON, Due.SOON),
        (NOW + A_SECOND, Due.SOON),
        (NOW, Due.OVERDUE),
        (NOW - A_SECOND, Due.OVERDUE),
    ],
)
def test_it_presses_more_as_the_moment_comes(moment: datetime | None, pressing: Due) -> None:
    assert due(moment, NOW) is pressing
