"""Holds acts to what readings are kept by: whatever changes one stands in the chain that all sides see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from flask import has_request_context

from workflow.models import SHARED, Membership
from workflow.services.reading import _AGENDA, Reading
from workflow.services.visible import _AROUND, _PARAGRAPHS

_WRITES: Final = re.compile(r"(?:INSERT INTO|DELETE FROM|UPDATE) (\w+)(?: SET (.*?) WHERE)?", re.DOTALL)
_READ: Final = {kind.__tablename__ for one in (_AROUND, _PARAGRAPHS, _AGENDA) for kind in one._kinds} - {
    Membership.__tablename__  # who disposed of an item; a membership has nothing that changes but its end
}
#: Each side's own settings, which no page shows of a reading.
_OWN: Final = ("drafters_table=", "names_persons=", "names_since=")
_TOLD: Final = "what readings are kept by"

_WORKED_OUT: Final = (
    "faces",
    "governors",
    "listing",
    "stage",
    "states",
    "closing",
    "numbers",
    "labels",
    "rev",
    "gone",
    "as_of",
    "has_changed_since_rev",
)


def said(reading: Reading, *names: str) -> dict[str, Any]:
    """Return what `reading` says of `names`, as values; of none, all."""
    if names:
        return {name: getattr(reading, name) for name in names}
    placed = [(one.paragraph.id, one.depth, one.paragraph.last_text) for one in reading.order]
    return {name: getattr(reading, name) for name in _WORKED_OUT} | {"order": placed, "name": reading.agreement.name}


@contextmanager
def untold(engine: sa.Engine) -> Iterator[list[str]]:
    """Give what requests committed on `engine` inside that changes a reading, with no act in the shared chain."""
    found: list[str] = []

    def note(one: sa.Connection, _cursor: object, statement: str, _sent: object, context: Any, *_: object) -> None:
        if not has_request_context() or (written := _WRITES.match(statement)) is None:
            return  # a test sets the scene
        table, columns = written.groups()
        noted: set[str] = one.info.setdefault(_TOLD, set())
        if table == "journal_entry" and any(row["chain"] == SHARED for row in context.compiled_parameters):
            noted.add(SHARED)
        elif table in _READ and not (columns and all(one.strip().startswith(_OWN) for one in columns.split(","))):
            noted.add(statement)

    def commit(one: sa.Connection) -> None:
        noted = one.info.pop(_TOLD, set())
        found.extend(() if SHARED in noted else noted)

    def rollback(one: sa.Connection) -> None:
        one.info.pop(_TOLD, None)

    listening = (("before_cursor_execute", note), ("commit", commit), ("rollback", rollback))
    for name, listener in listening:
        sa.event.listen(engine, name, listener)
    yield found
    for name, listener in listening:
        sa.event.remove(engine, name, listener)
