"""Silence procedures: adopted at a stated moment, unless a side objects or amends before it.

Silence is consent nowhere else, and here only because the heads of all sides opened it.
Broken one second before the moment, and not one second after.

Source: RULES 20 and 28.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from workflow.domain.closing import Cause


class SilenceState(StrEnum):
    """Where a silence procedure stands once all heads have opened it."""

    RUNNING = "running"
    BROKEN = "broken"
    ENDED = "ended"
    """Nobody broke it: the text is adopted."""


#: What may still be missing when a silence is opened: it is what silence stands in for.
STANDS_IN_FOR: Final = frozenset({Cause.NO_POSITION, Cause.AD_REFERENDUM})


def state(
    *, opened: datetime, expires: datetime, now: datetime, disturbed: Iterable[datetime], same_text: bool
) -> SilenceState:
    """Return where a silence stands.

    Args:
        opened: When the last head consented to it.
        expires: The stated moment.
        now: The present one.
        disturbed: When anybody objected, amended, reserved or took a word back.
        same_text: Whether the text is still the one it was opened on.

    """
    if not same_text or any(opened < at < expires for at in disturbed):
        return SilenceState.BROKEN
    return SilenceState.ENDED if now >= expires else SilenceState.RUNNING
