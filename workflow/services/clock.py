"""The time of an act: the database's own, read after the lock is taken."""

from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

FIXED: Final = "clock"
"""Key in ``Session.info`` under which a test, or the demonstration, puts a function that tells the time."""


def now(session: orm.Session) -> datetime:
    """Return the present moment in UTC, as the database has it.

    ``now()`` of PostgreSQL is the start of the transaction, older than the wait for the
    lock, so the wall clock is asked; SQLite runs in this process, whose clock serves.
    """
    if (fixed := session.info.get(FIXED)) is not None:
        told: datetime = fixed()
        return told
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.scalars(sa.select(sa.func.clock_timestamp())).one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)
