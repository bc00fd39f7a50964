"""The days of the exercise: told by a clock of its own, so that every demonstration is the same."""

from datetime import UTC, datetime, timedelta
from typing import Final

BEGINS: Final = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""When the exercise begins: a Monday morning in New York, weeks before the days its session is set for."""
LASTS: Final = timedelta(days=19)
"""How long the exercise runs, with room to spare."""


class Calendar:
    """Tells the time of the exercise. Every look moves it on by a second, so that nothing happens at once."""

    def __init__(self) -> None:
        # On a machine whose clock is behind, the exercise happened earlier rather than in the future.
        self._begins = min(BEGINS, datetime.now(UTC).replace(microsecond=0) - LASTS)
        self._time = self._begins

    def __call__(self) -> datetime:
        """Return the time, and move on."""
        told = self._time
        self._time += timedelta(seconds=1)
        return told

    def turn_to(self, day: int, hour: int = 0) -> None:
        """Move on to `hour` hours into `day` of the exercise, the first being day 0."""
        self._time = max(self._time, self._begins + timedelta(days=day, hours=hour))

    def moment(self, day: int, hour: int) -> datetime:
        """Return the moment `hour` hours into `day` of the exercise."""
        return self._begins + timedelta(days=day, hours=hour)

    def pause(self) -> None:
        """Let seven minutes pass."""
        self._time += timedelta(minutes=7)
