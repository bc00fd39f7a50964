"""Dialogues: from a dialogue file into the record, and from the record back into a file.

What a file says, its rows say, and what is dumped is what was loaded. What happened in a
negotiation (amendments, positions, certificates, comments, drafts, dispositions) is no part
of the format: of a text under negotiation a dump has the wordings in common as they stand.

Source: docs/file-format.md.
"""

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.dialogue_file import (
    AgreementEntry,
    Block,
    Dates,
    DelegationEntry,
    DialogueFile,
    ParticipantEntry,
    ParticipantListEntry,
    PersonEntry,
    SessionEntry,
    write,
)
from workflow.dialogue_file import Host as HostEntry
from workflow.dialogue_file import Place as PlaceEntry
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.content import digest
from workflow.domain.text import Tag
from workflow.models import (
    AgendaItem,
    Agreement,
    Delegation,
    Dialogue,
    DialogueSession,
    Entered,
    Host,
    Paragraph,
    ParticipantList,
    Participation,
    Person,
    Place,
    SessionDates,
    Term,
)
from workflow.services import agenda
from workflow.services.acts import make_wording
from workflow.services.journal import enter
from workflow.services.locks import lock_short_names


class AlreadyThere(Exception):  # noqa: N818 -- what the secretariat would say
    """A file names a dialogue or an agreement that the database has.

    Attributes:
        what: ``dialogue`` or ``agreement``.
        short_name: Which.

    """

    def __init__(self, what: str, short_name: str) -> None:
        self.what = what
        self.short_name = short_name
        super().__init__(f"there is {'an' if what == 'agreement' else 'a'} {what} named {short_name} already")


def find(session: orm.Session, short_name: str) -> Dialogue | None:
    """Return the dialogue named `short_name`, if there is one."""
    return session.scalar(sa.select(Dialogue).where(Dialogue.short_name == short_name))


def find_agreement(session: orm.Session, short_name: str) -> Agreement | None:
    """Return the agreement named `short_name`, of whatever dialogue, if there is one."""
    return session.scalar(sa.select(Agreement).where(Agreement.short_name == short_name))


def load(session: orm.Session, file: DialogueFile) -> Dialogue:
    """Take over everything `file` says; return the dialogue, flushed.

    Every paragraph gets its text as wording 1. What a session puts on the agenda of the
    next stands there in nobody's name.

    Raises:
        AlreadyThere: If the dialogue, or an agreement of that name, is there. Nothing is written.

    """
    lock_short_names(session)
    if find(session, file.short_name):
        raise AlreadyThere("dialogue", file.short_name)
    for agreement in file.agreements:
        if find_agreement(session, agreement.short_name):
            raise AlreadyThere("agreement", agreement.short_name)
    terms = [Term(position=position, text=text) for position, text in enumerate(file.terms, start=1)]
    cover = Bilingual(*("\n".join(line[language] for line in file.cover) for language in Language))
    dialogue = Dialogue(short_name=file.short_name, name=file.name, cover=cover, file_name=file.file_name, terms=terms)
    session.add(dialogue)
    session.flush()
    delegations = {
        entry.code: _load_delegation(dialogue, entry, position)
        for position, entry in enumerate(file.delegations, start=1)
    }
    persons = {
        entry.key: _load_person(dialogue, entry, position) for position, entry in enumerate(file.persons, start=1)
    }
    session.add_all([*delegations.values(), *persons.values()])
    session.flush()
    enter(session, Entered.DIALOGUE_LOADED, by=None, dialogue=dialogue, file=digest([write(file)]))
    for entry in file.sessions:
        meeting = _load_session(dialogue, entry)
        session.add(meeting)
        session.add_all(
            _load_participants(meeting, listed, delegations[listed.side], persons, position)
            for position, listed in enumerate(entry.participants, start=1)
        )
        session.flush()
        if entry.agreement:
            _load_agreement(session, meeting, entry.agreement, entry.agenda)
    return dialogue


def _load_delegation(dialogue: Dialogue, entry: DelegationEntry, position: int) -> Delegation:
    return Delegation(
        dialogue=dialogue,
        code=entry.code,
        name=entry.name,
        adjective=entry.adjective,
        colour=entry.colour,
        named_first=entry.named_first,
        position=position,
    )


def _load_person(dialogue: Dialogue, entry: PersonEntry, position: int) -> Person:
    return Person(
        dialogue=dialogue,
        key=entry.key,
        name=Bilingual(en=entry.name_en, zh=entry.name_zh),
        sort_key=entry.sort_key,
        position=position,
    )


def _load_session(dialogue: Dialogue, entry: SessionEntry) -> DialogueSession:
    return DialogueSession(
        dialogue=dialogue,
        ordinal=entry.ordinal,
        name=entry.name,
        is_exercise=entry.exercise,
        off_the_record=entry.off_the_record or NOTHING,
        note=entry.note or NOTHING,
        places=[Place(position=position, name=place.name) for position, place in enumerate(entry.places, start=1)],
        dates=[
            SessionDates(
                position=position,
                side=dates.side,
                first_day=dates.first,
                last_day=dates.last,
                time_zone=dates.time_zone,
            )
            for position, dates in enumerate(entry.dates, start=1)
        ],
        hosts=[
            Host(position=position, name=host.name, side=host.side)
            for position, host in enumerate(entry.hosts, start=1)
        ],
    )


def _load_participants(
    meeting: DialogueSession,
    entry: ParticipantListEntry,
    delegation: Delegation,
    persons: dict[str, Person],
    position: int,
) -> ParticipantList:
    listed = ParticipantList(session=meeting, delegation=delegation, position=position, heading=entry.heading)
    listed.participations.extend(
        Participation(
            position=place,
            person=persons[one.person],
            display=Bilingual(en=one.display_en, zh=one.display_zh),
            separator=one.separator,
            title=one.title,
            is_leader=one.leader,
        )
        for place, one in enumerate(entry.participants, start=1)
    )
    return listed


def _load_agreement(
    session: orm.Session, meeting: DialogueSession, entry: AgreementEntry, on_the_agenda: tuple[str, ...]
) -> None:
    agreement = Agreement(
        session=meeting,
        short_name=entry.short_name,
        name=entry.name,
        kind=entry.kind,
        authentic=frozenset(entry.authentic),
        unofficial=frozenset(entry.unofficial),
        source=entry.source or NOTHING,
    )
    session.add(agreement)
    session.flush()
    named: dict[str, Paragraph] = {}
    _load_blocks(session, agreement, entry.text, parent=None, named=named)
    for key in on_the_agenda:
        agenda.put_on(session, paragraph=named[key], by=None)


def _load_blocks(
    session: orm.Session,
    agreement: Agreement,
    blocks: tuple[Block, ...],
    *,
    parent: Paragraph | None,
    named: dict[str, Paragraph],
) -> None:
    for position, block in enumerate(blocks, start=1):
        paragraph = Paragraph(
            agreement=agreement,
            parent_id=parent.id if parent else None,
            position=position,
            kind=block.kind,
            tags=frozenset(block.tags),
            speaker=block.speaker,
            addressee=block.addressee,
            label_style=block.label_style,
            label=block.label,
            drafted_in=block.drafted_in,
            working_title=block.working_title or NOTHING,
            key=block.key,
        )
        session.add(paragraph)
        session.flush()
        if block.key:
            named[block.key] = paragraph
        make_wording(session, paragraph=paragraph, text=block.text, by=None)
        _load_blocks(session, agreement, block.children, parent=paragraph, named=named)


def dump(dialogue: Dialogue) -> DialogueFile:
    """Return `dialogue` as a dialogue file has it.

    Of a text under negotiation: the paragraphs in common, each in its current wording;
    what is tabled only, deferred or deleted is not in it.
    """
    return DialogueFile(
        short_name=dialogue.short_name,
        name=dialogue.name,
        cover=tuple(
            Bilingual(en, zh)
            for en, zh in zip(dialogue.cover.en.splitlines(), dialogue.cover.zh.splitlines(), strict=True)
        ),
        file_name=dialogue.file_name,
        delegations=tuple(
            DelegationEntry(
                code=one.code,
                name=one.name,
                adjective=one.adjective,
                colour=one.colour,
                named_first=one.named_first,
            )
            for one in dialogue.delegations
        ),
        terms=tuple(term.text for term in dialogue.terms),
        persons=tuple(
            PersonEntry(key=one.key, name_en=one.name.en, name_zh=one.name.zh, sort_key=one.sort_key)
            for one in dialogue.persons
        ),
        sessions=tuple(_dump_session(meeting) for meeting in dialogue.sessions),
    )


def _dump_session(meeting: DialogueSession) -> SessionEntry:
    # The format has room for one agreement a session, and the services make no second.
    agreement = meeting.agreements[0] if meeting.agreements else None
    keys, agenda_keys = _keys(agreement) if agreement else ({}, ())
    return SessionEntry(
        ordinal=meeting.ordinal,
        name=meeting.name,
        exercise=meeting.is_exercise,
        off_the_record=_unless_empty(meeting.off_the_record),
        note=_unless_empty(meeting.note),
        places=tuple(PlaceEntry(name=one.name) for one in meeting.places),
        dates=tuple(
            Dates(side=one.side, first=one.first_day, last=one.last_day, time_zone=one.time_zone)
            for one in meeting.dates
        ),
        hosts=tuple(HostEntry(name=one.name, side=one.side) for one in meeting.hosts),
        participants=tuple(_dump_participants(one) for one in meeting.participant_lists),
        agreement=_dump_agreement(agreement, keys) if agreement else None,
        agenda=agenda_keys,
    )


def _dump_participants(listed: ParticipantList) -> ParticipantListEntry:
    return ParticipantListEntry(
        side=listed.delegation.code,
        heading=listed.heading,
        participants=tuple(
            ParticipantEntry(
                person=one.person.key,
                display_en=one.display.en,
                display_zh=one.display.zh,
                title=one.title,
                leader=one.is_leader,
                separator=one.separator,
            )
            for one in listed.participations
        ),
    )


def _dump_agreement(agreement: Agreement, keys: dict[Paragraph, str]) -> AgreementEntry:
    return AgreementEntry(
        short_name=agreement.short_name,
        name=agreement.name,
        kind=agreement.kind,
        authentic=tuple(language for language in Language if language in agreement.authentic),
        unofficial=agreement.unofficial_languages,
        source=_unless_empty(agreement.source),
        text=_dump_below(agreement, None, keys),
    )


def _dump_below(agreement: Agreement, parent: Paragraph | None, keys: dict[Paragraph, str]) -> tuple[Block, ...]:
    """Return what stands under `parent`; where that is not in common yet, what is moves up to where it would stand."""
    blocks: list[Block] = []
    for paragraph in agreement.paragraphs:
        if paragraph.parent_id != (parent.id if parent else None):
            continue
        below = _dump_below(agreement, paragraph, keys)
        wording = paragraph.current_wording
        if wording is None or not paragraph.is_in_the_text(agreement.dialogue.sides):
            blocks.extend(below)
            continue
        blocks.append(
            Block(
                kind=paragraph.kind,
                text=wording.text,
                key=keys.get(paragraph),
                label_style=paragraph.label_style,
                label=paragraph.label,
                tags=frozenset(Tag(tag) for tag in paragraph.tags),
                speaker=paragraph.speaker,
                addressee=paragraph.addressee,
                drafted_in=paragraph.drafted_in,
                working_title=_unless_empty(paragraph.working_title),
                children=below,
            )
        )
    return tuple(blocks)


def _keys(agreement: Agreement) -> tuple[dict[Paragraph, str], tuple[str, ...]]:
    """Return the key of every paragraph that has or needs one, and the keys that go on the agenda, in its order."""
    keys = {one: one.key for one in agreement.paragraphs if one.key}
    taken = set(keys.values())
    on_the_agenda: list[str] = []
    for item in _agenda_items(agreement):
        paragraph = item.paragraph
        if paragraph not in keys:
            # Written in the application, where paragraphs need no key; in a file the agenda names it.
            numbered = (f"agenda-item-{number}" for number in range(item.number, item.number + len(taken) + 1))
            keys[paragraph] = next(key for key in numbered if key not in taken)
            taken.add(keys[paragraph])
        on_the_agenda.append(keys[paragraph])
    return keys, tuple(on_the_agenda)


def _agenda_items(agreement: Agreement) -> list[AgendaItem]:
    session = orm.object_session(agreement)
    assert session is not None  # noqa: S101 -- rows are read through a session; for the type checker
    items = session.scalars(
        sa.select(AgendaItem).where(AgendaItem.session_id == agreement.session_id).order_by(AgendaItem.number)
    )
    sides = agreement.dialogue.sides
    return [one for one in items if one.paragraph.is_agenda_item and one.paragraph.is_in_the_text(sides)]


def _unless_empty(text: Bilingual) -> Bilingual | None:
    return None if text.is_empty else text
