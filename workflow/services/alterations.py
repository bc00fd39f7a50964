"""What was altered of something that all sides read: each field as it was, and as it is.

The journal keeps both, so that the page can show them for good.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import orm

from workflow.models import SHARED, Entered, JournalEntry
from workflow.permissions import Actor
from workflow.services.visible import visible

_WAS: Final = "was:"
_IS: Final = "is:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One field that says something else than before."""

    field: str
    """``name.en``, ``places``; of a delegation, ``US/name.zh``."""
    before: str
    after: str

    @property
    def side(self) -> str:
        """The delegation it is about; empty where it is about none."""
        return self.field.partition("/")[0] if "/" in self.field else ""

    @property
    def what(self) -> str:
        """The field, delegation and language apart."""
        return self.field.rpartition("/")[2].partition(".")[0]

    @property
    def language(self) -> str:
        """``en`` or ``zh``; empty where it is in neither."""
        return self.field.partition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """One act that altered something."""

    entry: JournalEntry
    alterations: tuple[Alteration, ...]


def between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Alteration, ...]:
    """Return what differs between two descriptions with the same fields, in their order."""
    return tuple(
        Alteration(field=field, before=text, after=after[field])
        for field, text in before.items()
        if text != after[field]
    )


def as_details(alterations: Iterable[Alteration]) -> dict[str, str]:
    """Return `alterations` as the journal keeps them."""
    details: dict[str, str] = {}
    for one in alterations:
        details |= {_WAS + one.field: one.before, _IS + one.field: one.after}
    return details


def told(session: orm.Session, actor: Actor, act: Entered, **about: str) -> tuple[Altered, ...]:
    """Return what was altered by acts of the kind `act` whose details say what `about` does, newest first."""
    entries = session.scalars(visible(actor).journal().where(JournalEntry.chain == SHARED, JournalEntry.act == act))
    return tuple(
        Altered(entry=entry, alterations=_in(entry.said))
        for entry in entries
        if all(entry.said.get(name) == value for name, value in about.items())
    )


def _in(said: Mapping[str, str]) -> tuple[Alteration, ...]:
    """Return the alterations that the details of an entry keep: sorted, as they are; none, of one older than that."""
    fields = [name.removeprefix(_WAS) for name in said if name.startswith(_WAS)]
    return tuple(Alteration(field=field, before=said[_WAS + field], after=said[_IS + field]) for field in fields)
