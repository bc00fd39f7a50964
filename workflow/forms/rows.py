"""Rows of a form that can be added, taken out and moved without a script: a button sends the form, which comes back.

Nothing that was typed is read on the way: rows are put in order by the names of their
fields, ``places-0-en``, so that what could not be saved yet comes back as it was typed.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from workflow.domain.bilingual import is_blank
from workflow.forms import Words

ASKED: Final = "rows"
"""Name of the buttons; their values are ``add places``, ``remove places 1``, ``up places 1``, ``down places 0``."""
MOST_ROWS: Final = 50

_VERB: Final = re.compile(r"(add|remove|up|down) ([a-z]+)(?: (\d{1,3}))?")


class Row(Form):
    """Base of every row. One in which nothing is written is no row: it is neither wrong nor kept."""

    class Meta:
        """How its fields are bound."""

        def get_translations(self, _form: object) -> Words:
            """Return where sentences are looked up."""
            return Words()

    #: The fields in which something written makes it a row.
    WRITTEN: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return all(is_blank(_typed(self[name])) for name in self.WRITTEN)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether it is in order, or no row at all."""
        return self.is_empty or super().validate(extra_validators)


def rearranged(sent: MultiDict[str, str], given: Mapping[str, str] | None = None) -> MultiDict[str, str] | None:
    """Return what was `sent` with the rows as the button pressed asks; ``None`` if it was another button.

    Args:
        sent: The form's fields.
        given: What a row that is added begins with.

    """
    asked = _VERB.fullmatch(sent.get(ASKED, ""))
    if asked is None:
        return None
    verb, name, which = asked.groups()
    rows = _rows(sent, name)
    at = int(which) if which and int(which) < len(rows) else None
    if verb == "add" and len(rows) < MOST_ROWS:
        rows.append(dict.fromkeys(("",), "") | dict(given or {}))
    elif verb == "remove" and at is not None:
        rows.pop(at)
    elif verb in {"up", "down"} and at is not None:
        other = at + (1 if verb == "down" else -1)
        if 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
    beside = [(key, one) for key, one in sent.items(multi=True) if not _field(key, name) and key != ASKED]
    return MultiDict(
        beside + [(f"{name}-{index}-{field}", one) for index, row in enumerate(rows) for field, one in row.items()]
    )


def _typed(field: Field) -> str | None:
    """Return what was typed into `field`, readable or not; what it shows where nothing was sent."""
    return str(field.raw_data[0]) if field.raw_data else str(field.data or "")


def _rows(sent: MultiDict[str, str], name: str) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, one in sent.items(multi=True):
        if field := _field(key, name):
            found.setdefault(int(field[1]), {})[field[2]] = one
    return [found[index] for index in sorted(found)]


def _field(key: str, name: str) -> re.Match[str] | None:
    return re.fullmatch(rf"{name}-(\d{{1,3}})-([a-z_]*)", key)
