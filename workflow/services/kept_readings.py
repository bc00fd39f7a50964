"""Agreements read by an earlier page, and shown again for as long as nothing has been done since.

What a :class:`Reading` says is open to all sides and follows from what they did. Each of these
acts stands in the shared chain of the dialogue's journal, whose last hash covers all before it:
it names the reading. Whoever is about to decide or write anything reads the rows themselves.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final
from uuid import UUID

from sqlalchemy import orm

from workflow.db import is_writing
from workflow.models import Agreement
from workflow.services.gathering import link
from workflow.services.reading import Reading, read

#: How many are kept, the last used; one of 60 paragraphs takes about a megabyte.
MOST: Final = 32

_kept: Final[OrderedDict[tuple[UUID, str], Reading]] = OrderedDict()
_lock: Final = Lock()


def shown(session: orm.Session, agreement: Agreement) -> Reading:
    """Return `agreement`, read whole, for a page that shows it; its rows belong to no session and stay as they are.

    The same as :func:`workflow.services.reading.read` returns, which it is where `session` is writing: what is not
    committed may yet be undone. Where a silence procedure runs or ended by the clock, nothing is kept: no act tells
    of the moment.

    Args:
        session: Reading.
        agreement: As it was read in the present transaction, before anything else of it.

    """
    if is_writing(session):
        return read(session, agreement.id)
    last = agreement.dialogue.last_act
    if last is None:
        return _on_its_own(session, agreement.id)
    name = (agreement.id, last)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    reading = _on_its_own(session, agreement.id)
    if reading.moment is None:
        with _lock:
            _kept[name] = reading
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return reading


def forget() -> None:
    """Let go of all that is kept: the next page reads."""
    with _lock:
        _kept.clear()


def _on_its_own(session: orm.Session, key: UUID) -> Reading:
    """Read in the transaction of `session`, but with rows that nobody else has, and let go of them."""
    with orm.Session(session.connection(), info=session.info) as apart:
        reading = read(apart, key)
        link(apart)
    return reading
