"""What a moment by which something is asked for means now."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SOON: Final = timedelta(hours=24)
"""How long before the moment a reminder becomes pressing."""


class Due(StrEnum):
    """How pressing something is."""

    WHENEVER = "whenever"
    LATER = "later"
    SOON = "soon"
    OVERDUE = "overdue"


def due(moment: datetime | None, now: datetime) -> Due:
    """Return how pressing it is `now` that something is asked for by `moment`; ``None``: no moment was named."""
    if moment is None:
        return Due.WHENEVER
    if moment <= now:
        return Due.OVERDUE
    return Due.SOON if moment - now <= SOON else Due.LATER
