"""What is gathered in one statement is what the relationships would have loaded one by one."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm.attributes import instance_dict

from tests.databases import Begin
from tests.long_texts import a_long_text
from workflow.db import Base
from workflow.models import Agreement, Amendment, Dialogue, DialogueSession, Issue, Motion, Paragraph, ParticipantList
from workflow.services.gathering import KEY, Gathering
from workflow.services.visible import whole_agreement

WAYS = (
    Agreement.session,
    DialogueSession.dialogue,
    Dialogue.delegations,
    Dialogue.terms,
    DialogueSession.dates,
    DialogueSession.participant_lists,
    ParticipantList.participations,
    ParticipantList.confirmations,
    Agreement.motions,
    Motion.voices,
    Motion.ending,
    Agreement.adoptions,
    Agreement.issues,
    Issue.entries,
    Agreement.paragraphs,
    Paragraph.wordings,
    Paragraph.amendments,
    Amendment.points,
    Amendment.said,
    Amendment.ending,
    Paragraph.positions,
    Paragraph.certificates,
    Paragraph.deferral_voices,
)


def _found(agreement: Agreement, *, loaded: bool) -> dict[str, list[Any]]:
    """Return the keys of what every way leads to, in order; `loaded`, that all of it was there before it was asked."""
    rows: dict[type, list[Any]] = {Agreement: [agreement]}
    found = {}
    for way in WAYS:
        name, kind = way.property.key, way.property.mapper.class_
        below: list[Any] = []
        for owner in rows[way.property.parent.class_]:
            assert not loaded or name in instance_dict(owner), f"{owner}.{name}"
            value = getattr(owner, name)
            below += value if way.property.uselist else [value] if value else []
        rows[kind] = below
        found[str(way)] = [one.id for one in below]
    return found


def test_everything_is_there_and_in_order(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=12, comments=0).agreement.id
    with reading() as session:
        gathered = _found(whole_agreement(session, key), loaded=True)
    with reading() as session:
        one_by_one = _found(session.get_one(Agreement, key), loaded=False)

    assert gathered == one_by_one
    assert {way for way, rows in gathered.items() if not rows} <= {
        "Dialogue.terms",
        "Motion.ending",
        "Agreement.adoptions",
        "Paragraph.deferral_voices",
    }


def test_what_was_loaded_before_stays_as_it_is(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=6, comments=0).agreement.id
    with reading() as session:
        agreement = session.get_one(Agreement, key)
        loaded = agreement.motions

        assert whole_agreement(session, key) is agreement
        assert agreement.motions is loaded


def _values(session: orm.Session, agreement: Agreement) -> list[dict[str, Any]]:
    """Return what stands in every row that hangs on `agreement`, composites included, in one order."""
    mapped = [(one, sa.inspect(one).mapper) for one in session if one is not agreement]
    return sorted(
        (
            {"class": type(row).__name__}
            | {name: getattr(row, name) for name in (*_columns(mapper), *mapper.composites.keys())}
            for row, mapper in mapped
        ),
        key=lambda row: (row["class"], row["id"]),
    )


def _columns(mapper: orm.Mapper[Any]) -> list[str]:
    """Return what is stored in a row, without what is worked out when it is read."""
    return [one.key for one in mapper.column_attrs if isinstance(one.columns[0], sa.Column)]


def test_every_row_holds_what_its_own_query_would_have_read(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=12, comments=0).agreement.id
    with reading() as session:
        gathered = _values(session, whole_agreement(session, key))
        kinds = {row["class"]: 0 for row in gathered}
    with reading() as session:
        for kind in (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__name__ in kinds):
            held = session.scalars(sa.select(kind)).all()  # kept, or the session would let go of them
            kinds[kind.__name__] = len(held)
            known = {row["id"]: row for row in _values(session, session.get_one(Agreement, key))}
            assert all(known[row["id"]] == row for row in gathered if row["class"] == kind.__name__)
    assert len(kinds) > 15
    assert {one for one, count in kinds.items() if not count} == set()


def test_what_had_expired_is_read_again_and_what_was_changed_stays(writing: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=6, comments=0).agreement.id
    with writing() as session:
        agreement = whole_agreement(session, key)
        held = list(session)
        session.expire_all()
        agreement.paragraphs[0].given_number = "7 bis"
        asked: list[str] = []
        whole_agreement(session, key)
        sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *what: asked.append(what[2]))
        assert len(_values(session, agreement)) == len(held) - 1
        assert asked == []
        assert agreement.paragraphs[0].given_number == "7 bis"


def test_a_gathered_row_is_changed_and_kept_like_any_other(writing: Begin) -> None:
    with writing() as session:
        key = a_long_text(session, paragraphs=6, comments=0).agreement.id
    with writing() as session:
        [first, *_] = whole_agreement(session, key).paragraphs
        first.given_number, changed = "7 bis", first.id
    with writing() as session:
        assert session.get_one(Paragraph, changed).given_number == "7 bis"


def test_two_ways_to_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two ways lead to DialogueSession"):
        Gathering(Agreement, Agreement.id == KEY, Agreement.session, DialogueSession.dialogue, Dialogue.sessions)


def test_nothing_is_gathered_of_what_there_is_not(reading: Begin) -> None:
    with reading() as session:
        assert Gathering(Dialogue, Dialogue.id == KEY, Dialogue.sessions).of(session, uuid4()) == []
