"""Rows of many tables in one statement, each put where its relationship would have loaded it.

An agreement is spread over twenty tables. Asking each by itself costs more than its rows
do, and joining them multiplies the rows of one by those of the next. Here the keys of all
of them are one list, and beside each key stands its row: each is read once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from workflow.db import Base

#: Stands for the key that `Gathering.of` is asked for.
KEY: Final = sa.bindparam("key", type_=sa.Uuid())


class Gathering:
    """What hangs on rows of one kind, ready to be read in one statement."""

    def __init__(self, root: type[Base], begins: sa.ColumnElement[bool], *relationships: Any) -> None:  # noqa: ANN401 -- mapped relationships
        """Begin with the rows of `root` for which `begins` is true.

        Args:
            root: The kind of these rows.
            begins: What is true of them and of no other; it names `KEY`.
            relationships: What hangs on them, each after the one that leads to its owner.

        Raises:
            ValueError: If two of them lead to the same kind.

        """
        self._root = root
        self._hung = [_Hung(one) for one in relationships]
        keys: dict[type[Base], sa.Select[UUID]] = {root: sa.select(_key_of(root)).where(begins)}
        for hung in self._hung:
            if hung.kind in keys:  # one of its ways would be given the rows of the other
                raise ValueError(f"two ways lead to {hung.kind.__name__}")
            keys[hung.kind] = hung.keys(keys[hung.owner])
        self._kinds = tuple(keys)
        listed = sa.union_all(
            *(selected.add_columns(_number(place).label("place")) for place, selected in enumerate(keys.values()))
        ).cte("listed")
        rows: sa.FromClause = listed
        for place, kind in enumerate(self._kinds):
            at_its_place = sa.case((listed.c.place == _number(place), listed.c.id))
            rows = rows.outerjoin(kind.__table__, _key_of(kind) == at_its_place)
        self._statement = sa.select(*self._kinds).select_from(rows)

    def of(self, session: orm.Session, key: UUID) -> list[Any]:
        """Return the rows to begin with, with everything that hangs on them loaded.

        What was loaded before stays as it is, as it does with any other way to load it.
        """
        found: Mapping[type[Base], dict[UUID, Any]] = {kind: {} for kind in self._kinds}
        places = [found[kind] for kind in self._kinds]
        for row in session.execute(self._statement, {"key": key}):
            place, one = next((place, one) for place, one in enumerate(row) if one is not None)
            places[place][one.id] = one
        for hung in self._hung:
            hung.on(found[hung.owner], found[hung.kind].values())
        return list(found[self._root].values())


def hang(relationship: Any, owner: Base, rows: Iterable[Base]) -> None:  # noqa: ANN401 -- a mapped relationship
    """Let `rows` be what `relationship` finds of `owner`, which has them loaded from now on."""
    _Hung(relationship).on({owner.id: owner}, rows)  # type: ignore[attr-defined]  # every model has an id


def link(session: orm.Session) -> None:
    """Let every row in `session` know those in it that it refers to, as it still will when it belongs to no session."""
    rows: list[Any] = list(session)
    held = {(row.__class__, row.id): row for row in rows}
    for row in rows:
        for name, kind, refers_to in _upwards(row.__class__):
            key = refers_to(row)
            if key is None:
                _load(row, name, None)
            elif (kind, key) in held:
                _load(row, name, held[kind, key])


@cache
def _upwards(kind: type[Base]) -> tuple[tuple[str, type[Base], Callable[[Any], Any]], ...]:
    """Return what leads from a row of `kind` to one other: name, the other's kind, what tells its key."""
    every = orm.class_mapper(kind).relationships
    upwards = [one for one in every if one.direction is orm.RelationshipDirection.MANYTOONE]
    return tuple((one.key, one.mapper.class_, _referring(one)) for one in upwards)


def _referring(mapped: orm.RelationshipProperty[Any]) -> Callable[[Any], Any]:
    """Return what tells the key by which `mapped` refers; of a row of the kind that does."""
    [(here, there)] = mapped.local_remote_pairs
    is_upwards = mapped.direction is orm.RelationshipDirection.MANYTOONE
    referring, column = (mapped.parent, here) if is_upwards else (mapped.mapper, there)
    return attrgetter(referring.get_property_by_column(column).key)


class _Hung:
    """One relationship, and how its rows find each other."""

    def __init__(self, relationship: Any) -> None:  # noqa: ANN401 -- a mapped relationship
        mapped = relationship.property
        self.owner: type[Base] = mapped.parent.class_
        self.kind: type[Base] = mapped.mapper.class_
        self._name: str = mapped.key
        self._back: str | None = mapped.back_populates
        self._is_upwards = mapped.direction is orm.RelationshipDirection.MANYTOONE
        self._is_list = bool(mapped.uselist)
        [(here, there)] = mapped.local_remote_pairs
        self._column = here if self._is_upwards else there
        self._refers_to = _referring(mapped)
        self._order = [attrgetter(mapped.mapper.get_property_by_column(one).key) for one in mapped.order_by or ()]

    def keys(self, owners: sa.Select[UUID]) -> sa.Select[UUID]:
        """Select the keys of what hangs on the rows whose keys are `owners`."""
        if self._is_upwards:
            referred = sa.select(self._column).where(_key_of(self.owner).in_(owners))
            return sa.select(_key_of(self.kind)).where(_key_of(self.kind).in_(referred))
        return sa.select(_key_of(self.kind)).where(self._column.in_(owners))

    def on(self, owners: Mapping[UUID, Any], rows: Iterable[Any]) -> None:
        """Hang `rows` on their `owners`."""
        if self._is_upwards:
            known = {row.id: row for row in rows}
            for owner in owners.values():
                _load(owner, self._name, known.get(self._refers_to(owner)))
            return
        below: defaultdict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            below[self._refers_to(row)].append(row)
        for key, owner in owners.items():
            mine = below[key]
            for order in reversed(self._order):
                mine.sort(key=order)
            _load(owner, self._name, mine if self._is_list else next(iter(mine), None))
            for row in mine if self._back else ():
                _load(row, str(self._back), owner)


def _load(row: Base, name: str, value: object) -> None:
    if name not in instance_dict(row):
        set_committed_value(row, name, value)


def _key_of(kind: type[Base]) -> sa.ColumnElement[UUID]:
    column: sa.ColumnElement[UUID] = kind.__table__.c.id
    return column


def _number(place: int) -> sa.ColumnElement[int]:
    return sa.literal_column(str(place), sa.Integer)
