"""What is gathered in one statement is what the relationships would have loaded one by one."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm.attributes import instance_dict

from tests.databases import Begin
from tests.long_texts import a_long_text
from workflow.models import Agreement, Amendment, Dialogue, DialogueSession, Issue, Motion, Paragraph, ParticipantList
from workflow.services.gathering import KEY, Gathering
from workflow.services.visible import whole_agreement

WAYS = (
    Agreement.session,
    DialogueSession.dialogue,
    Dialogue.delegations,
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


def test_two_ways_to_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two ways lead to DialogueSession"):
        Gathering(Agreement, Agreement.id == KEY, Agreement.session, DialogueSession.dialogue, Dialogue.sessions)


def test_nothing_is_gathered_of_what_there_is_not(reading: Begin) -> None:
    with reading() as session:
        assert Gathering(Dialogue, Dialogue.id == KEY, Dialogue.sessions).of(session, uuid4()) == []
