"""From the text of a dialogue file to its entries, or to everything that is wrong with it.

Source: docs/file-format.md.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from workflow.dialogue_file.entries import (
    ADDRESSEES,
    FORMAT,
    USUAL_LABEL_STYLE,
    USUAL_SEPARATOR,
    AgreementEntry,
    Block,
    Dates,
    DelegationEntry,
    DialogueFile,
    Host,
    ParticipantEntry,
    ParticipantListEntry,
    PersonEntry,
    Place,
    SessionEntry,
)
from workflow.dialogue_file.faults import FaultCode
from workflow.dialogue_file.fields import FILE_NAME, Entry, Firsts, Values
from workflow.dialogue_file.tree import Faults, Fields, Items, Node, decoded, grown
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.document_names import COVER_FIELDS, FILE_NAME_FIELDS, unknown_fields
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag

_LISTED: Final = frozenset({ParagraphKind.NARRATIVE, ParagraphKind.BULLET, ParagraphKind.NUMBERED_ITEM})

#: What may stand directly under what.
MAY_STAND_UNDER: Final = {
    ParagraphKind.TITLE: frozenset[ParagraphKind](),
    ParagraphKind.HEADING: frozenset(ParagraphKind) - {ParagraphKind.TITLE},
    ParagraphKind.NARRATIVE: frozenset[ParagraphKind](),
    ParagraphKind.LEAD_IN: _LISTED,
    ParagraphKind.BULLET: _LISTED,
    ParagraphKind.NUMBERED_ITEM: _LISTED,
}

_NO_LANGUAGES: Final[tuple[Language, ...]] = ()
_NO_TAGS: Final[tuple[Tag, ...]] = ()
_NO_LINES: Final[tuple[Bilingual, ...]] = ()

#: The word for "all sides" where dates are given.
BOTH: Final = "both"
MOST_COLOURS: Final = 12
MOST_SESSIONS: Final = 999


def read(text: str | bytes, *, name: str) -> DialogueFile:
    """Return the dialogue that `text` describes.

    Args:
        text: What stands in the file.
        name: What a refusal shall call the file.

    Raises:
        FaultyFile: With every fault and its line, if there is any.

    """
    faults = Faults(name)
    root = grown(decoded(text, faults), faults)
    file = _Reader(faults).file(root)
    faults.raise_any()
    return file


def read_agreement(text: str | bytes, *, name: str, sides: Iterable[str]) -> AgreementEntry:
    """Return the agreement that `text` describes: the part of a dialogue file under ``agreement``, by itself.

    Args:
        text: What stands in the file.
        name: What a refusal shall call the file.
        sides: The codes of the delegations it may name.

    Raises:
        FaultyFile: With every fault and its line, if there is any.

    """
    faults = Faults(name)
    root = grown(decoded(text, faults), faults)
    reader = _Reader(faults)
    reader.delegations = set(sides)
    under = root.entries.get("agreement") if isinstance(root, Fields) and len(root.entries) == 1 else None
    agreement = reader.agreement(under[1] if under else root, "agreement")
    faults.raise_any()
    if agreement is None:
        raise faults.stop(root.mark, FaultCode.EMPTY)
    return agreement


class _Reader(Values):
    """Reads one file: delegations and persons first, whatever their place, so that references can be checked."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(faults)
        self.delegations: set[str] = set()
        self.colours: dict[int, str] = {}
        self.persons: set[str] = set()
        self.previous_ordinal = 0
        self.codes = Firsts(faults, FaultCode.DUPLICATE_DELEGATION, "code")
        self.terms = Firsts(faults, FaultCode.DUPLICATE_TERM, "en")
        self.person_keys = Firsts(faults, FaultCode.DUPLICATE_PERSON, "key")
        self.ordinals = Firsts(faults, FaultCode.DUPLICATE_ORDINAL, "ordinal")
        self.short_names = Firsts(faults, FaultCode.DUPLICATE_SHORT_NAME, "short_name")

    def file(self, node: Node) -> DialogueFile:
        """Return the whole file."""
        entry = self.entry(node, "")
        if entry is None:
            return DialogueFile(short_name="", name=NOTHING, delegations=())
        found = entry.required("format", self.number(0, 999_999), FORMAT)
        if found != FORMAT:
            self.faults.add(entry.mark_of("format"), "format", FaultCode.UNKNOWN_FORMAT, found=found, known=FORMAT)
        short_name, name = entry.required("dialogue", self.dialogue, ("", NOTHING))
        cover, file_name = entry.optional("documents", self.documents, (_NO_LINES, ""))
        file = DialogueFile(
            short_name=short_name,
            name=name,
            cover=cover,
            file_name=file_name,
            delegations=entry.required("delegations", self.some(self.delegation), ()),
            terms=entry.optional("terms", self.many(self.term), ()),
            persons=entry.optional("persons", self.many(self.person), ()),
            sessions=entry.optional("sessions", self.many(self.session), ()),
        )
        entry.close()
        return file

    def dialogue(self, node: Node, path: str) -> tuple[str, Bilingual]:
        """Return short name and name of the dialogue."""
        entry = self.entry(node, path)
        if entry is None:
            return "", NOTHING
        named = entry.required("short_name", self.name, ""), entry.required("name", self.bilingual_line, NOTHING)
        entry.close()
        return named

    def documents(self, node: Node, path: str) -> tuple[tuple[Bilingual, ...], str]:
        """Return the lines of the cover, and the pattern of file names."""
        entry = self.entry(node, path)
        if entry is None:
            return (), ""
        cover = entry.optional("cover", self.many(self.cover_line), _NO_LINES)
        file_name = entry.optional("file_name", self.file_name, "")
        entry.close()
        return cover, file_name

    def cover_line(self, node: Node, path: str) -> Bilingual:
        """Return one line of the cover in both languages."""
        line = self.bilingual_line(node, path)
        for language in Language:
            self._check_fields(node, path, line[language], COVER_FIELDS)
        return line

    def file_name(self, node: Node, path: str) -> str:
        """Return the pattern of file names: plain letters, digits, hyphens and fields."""
        pattern = self.line(node, path)
        self._check_fields(node, path, pattern, FILE_NAME_FIELDS)
        if pattern and not FILE_NAME.fullmatch(pattern):
            self.faults.add(node.mark, path, FaultCode.BAD_FILE_NAME, found=pattern)
        return pattern

    def _check_fields(self, node: Node, path: str, pattern: str, known: frozenset[str]) -> None:
        for field in unknown_fields(pattern, known):
            self.faults.add(node.mark, path, FaultCode.UNKNOWN_FIELD, field=field, known=", ".join(sorted(known)))

    def delegation(self, node: Node, path: str) -> DelegationEntry:
        """Return one side."""
        entry = self.entry(node, path)
        if entry is None:
            return DelegationEntry(code="", name=NOTHING, adjective=NOTHING, colour=0)
        delegation = DelegationEntry(
            code=entry.required("code", self.code, ""),
            name=entry.required("name", self.bilingual_line, NOTHING),
            adjective=entry.required("adjective", self.bilingual_line, NOTHING),
            colour=entry.required("colour", self.number(1, MOST_COLOURS), 0),
            named_first=entry.optional("named_first", self.bilingual_line, NOTHING),
        )
        entry.close()
        self.codes.add(delegation.code, entry.mark_of("code"), entry.at("code"))
        self.delegations.add(delegation.code)
        if delegation.colour in self.colours:
            self.faults.add(
                entry.mark_of("colour"),
                entry.at("colour"),
                FaultCode.DUPLICATE_COLOUR,
                colour=delegation.colour,
                code=self.colours[delegation.colour],
            )
        elif delegation.colour:
            self.colours[delegation.colour] = delegation.code
        return delegation

    def term(self, node: Node, path: str) -> Bilingual:
        """Return one term and its counterpart: an English term has one, whatever its capitals."""
        term = self.bilingual_line(node, path)
        self.terms.add(term.en.casefold(), node.mark, path)
        return term

    def person(self, node: Node, path: str) -> PersonEntry:
        """Return one person."""
        entry = self.entry(node, path)
        if entry is None:
            return PersonEntry(key="", name_en="", name_zh="", sort_key="")
        name = entry.required("name", self.line_perhaps_in_chinese, NOTHING)
        person = PersonEntry(
            key=entry.required("key", self.name, ""),
            name_en=name.en,
            name_zh=name.zh,
            sort_key=entry.required("sort_key", self.line, ""),
        )
        entry.close()
        self.person_keys.add(person.key, entry.mark_of("key"), entry.at("key"))
        self.persons.add(person.key)
        return person

    # Sessions

    def session(self, node: Node, path: str) -> SessionEntry:
        """Return one session with all that belongs to it."""
        entry = self.entry(node, path)
        if entry is None:
            return SessionEntry(ordinal=0, name=NOTHING, places=(), dates=(), hosts=())
        lists = Firsts(self.faults, FaultCode.DUPLICATE_LIST, "side")
        listed = Firsts(self.faults, FaultCode.DUPLICATE_PARTICIPANT, "person")
        calendars = Firsts(self.faults, FaultCode.DUPLICATE_DATES, "side")
        session = SessionEntry(
            ordinal=entry.required("ordinal", self.number(1, MOST_SESSIONS), 0),
            name=entry.required("name", self.bilingual_line, NOTHING),
            exercise=entry.optional("exercise", self.yes_or_no, otherwise=False),
            off_the_record=entry.optional("off_the_record", self.bilingual_line, None),
            places=entry.required("places", self.many(self.place), ()),
            dates=entry.required("dates", self.many(lambda item, at: self.dates(item, at, calendars)), ()),
            hosts=entry.required("hosts", self.many(self.host), ()),
            note=entry.optional("note", self.bilingual_line, None),
            participants=entry.optional(
                "participants", self.many(lambda item, at: self.participant_list(item, at, lists, listed)), ()
            ),
            agreement=entry.optional("agreement", self.agreement, None),
            agenda=entry.optional("agenda", self.many(self.word), ()),
        )
        entry.close()
        self.ordinals.add(session.ordinal, entry.mark_of("ordinal"), entry.at("ordinal"))
        if 0 < session.ordinal < self.previous_ordinal:
            detail = {"ordinal": session.ordinal, "previous": self.previous_ordinal}
            self.faults.add(entry.mark_of("ordinal"), entry.at("ordinal"), FaultCode.ORDINAL_OUT_OF_ORDER, **detail)
        self.previous_ordinal = max(session.ordinal, self.previous_ordinal)
        if isinstance(node, Fields):
            self._check_agenda(node, path, session)
        return session

    def place(self, node: Node, path: str) -> Place:
        """Return one place."""
        return Place(name=self.bilingual_line(node, path))

    def dates(self, node: Node, path: str, calendars: Firsts) -> Dates:
        """Return first and last day for one side, or for all."""
        entry = self.entry(node, path)
        if entry is None:
            return Dates(side=None, first=date.min, last=date.min, time_zone="")
        side = entry.required("side", self.side_or_both, "")
        dates = Dates(
            side=None if side == BOTH else side,
            first=entry.required("from", self.day, date.min),
            last=entry.required("to", self.day, date.max),
            time_zone=entry.required("time_zone", self.time_zone, ""),
        )
        entry.close()
        calendars.add(side, entry.mark_of("side"), entry.at("side"))
        if date.min < dates.last < dates.first:
            detail = {"first": dates.first.isoformat(), "last": dates.last.isoformat()}
            self.faults.add(entry.mark_of("to"), entry.at("to"), FaultCode.END_BEFORE_START, **detail)
        return dates

    def host(self, node: Node, path: str) -> Host:
        """Return one host."""
        entry = self.entry(node, path)
        if entry is None:
            return Host(name=NOTHING)
        host = Host(
            name=entry.required("name", self.bilingual_line, NOTHING), side=entry.optional("side", self.side, None)
        )
        entry.close()
        return host

    def participant_list(self, node: Node, path: str, lists: Firsts, listed: Firsts) -> ParticipantListEntry:
        """Return one side's list."""
        entry = self.entry(node, path)
        if entry is None:
            return ParticipantListEntry(side="", heading=NOTHING)
        participants = ParticipantListEntry(
            side=entry.required("side", self.side, ""),
            heading=entry.required("heading", self.bilingual_line, NOTHING),
            participants=entry.required("list", self.many(lambda item, at: self.participant(item, at, listed)), ()),
        )
        entry.close()
        lists.add(participants.side, entry.mark_of("side"), entry.at("side"))
        return participants

    def participant(self, node: Node, path: str, listed: Firsts) -> ParticipantEntry:
        """Return one line of a list."""
        entry = self.entry(node, path)
        if entry is None:
            return ParticipantEntry(person="", display_en="", display_zh="", title=NOTHING)
        display = entry.required("display", self.line_perhaps_in_chinese, NOTHING)
        participant = ParticipantEntry(
            person=entry.required("person", self.word, ""),
            display_en=display.en,
            display_zh=display.zh,
            title=entry.required("title", self.line_perhaps_in_chinese, NOTHING),
            leader=entry.optional("leader", self.yes_or_no, otherwise=False),
            separator=entry.optional("separator", self.separator, USUAL_SEPARATOR),
        )
        entry.close()
        if participant.person and participant.person not in self.persons:
            mark, at = entry.mark_of("person"), entry.at("person")
            self.faults.add(mark, at, FaultCode.UNKNOWN_PERSON, key=participant.person)
        listed.add(participant.person, entry.mark_of("person"), entry.at("person"))
        return participant

    def _check_agenda(self, node: Fields, path: str, session: SessionEntry) -> None:
        """Note every point of the agenda that is no paragraph tagged as such."""
        _mark, listed = node.entries.get("agenda", (None, None))
        if not isinstance(listed, Items) or not listed.nodes:
            return
        if session.agreement is None:
            self.faults.add(listed.mark, f"{path}.agenda", FaultCode.NO_AGREEMENT)
            return
        tags = {block.key: block.tags for block in session.agreement.walk() if block.key}
        for index, (key, item) in enumerate(zip(session.agenda, listed.nodes, strict=True)):
            at = f"{path}.agenda[{index}]"
            if not key:
                continue
            if key in session.agenda[:index]:
                self.faults.add(item.mark, at, FaultCode.REPEATED, found=key)
            elif key not in tags:
                self.faults.add(item.mark, at, FaultCode.UNKNOWN_BLOCK, key=key)
            elif Tag.AGENDA_ITEM not in tags[key]:
                self.faults.add(item.mark, at, FaultCode.NOT_AN_AGENDA_ITEM, key=key)

    # Texts

    def agreement(self, node: Node, path: str) -> AgreementEntry | None:
        """Return a session's agreement."""
        entry = self.entry(node, path)
        if entry is None:
            return None
        languages = self.choice(Language)
        kind = entry.required("kind", self.choice(AgreementKind), None) or AgreementKind.NEGOTIATED
        authentic = entry.required("authentic", self.each_once(self.some(languages)), _NO_LANGUAGES)
        unofficial = entry.optional("unofficial", self.each_once(self.many(languages)), _NO_LANGUAGES)
        needed = authentic if kind is AgreementKind.RECORDED else ()
        keys = Firsts(self.faults, FaultCode.DUPLICATE_BLOCK_KEY, "key")
        agreement = AgreementEntry(
            short_name=entry.required("short_name", self.name, ""),
            name=entry.required("name", self.bilingual_line, NOTHING),
            kind=kind,
            authentic=authentic,
            unofficial=unofficial,
            source=entry.optional("source", self.bilingual_line, None),
            text=entry.optional("text", self.many(lambda item, at: self.block(item, at, None, keys, needed)), ()),
        )
        entry.close()
        self.short_names.add(agreement.short_name, entry.mark_of("short_name"), entry.at("short_name"))
        for language in unofficial:
            if language in authentic:
                mark, at = entry.mark_of("unofficial"), entry.at("unofficial")
                self.faults.add(mark, at, FaultCode.AUTHENTIC_AND_UNOFFICIAL, language=language.value)
        return agreement

    def block(
        self, node: Node, path: str, parent: ParagraphKind | None, keys: Firsts, needed: tuple[Language, ...]
    ) -> Block:
        """Return a paragraph and what stands under it; `needed` are the languages it cannot lack."""
        entry = self.entry(node, path)
        if entry is None:
            return Block(kind=ParagraphKind.NARRATIVE, text=NOTHING)
        found = entry.required("kind", self.choice(ParagraphKind), None)
        kind = found or ParagraphKind.NARRATIVE
        key = entry.optional("key", self.name, None)
        if key:
            keys.add(key, entry.mark_of("key"), entry.at("key"))
        block = Block(
            kind=kind,
            key=key,
            label_style=entry.optional("label_style", self.choice(LabelStyle), None) or USUAL_LABEL_STYLE[kind],
            label=entry.optional("label", self.line, None),
            tags=frozenset(entry.optional("tags", self.each_once(self.many(self.choice(Tag))), _NO_TAGS)),
            speaker=entry.optional("speaker", self.side, None),
            addressee=entry.optional("addressee", self.addressee, None),
            drafted_in=entry.optional("drafted_in", self.choice(Language), None) or Language.EN,
            working_title=entry.optional("working_title", self.bilingual_line, None),
            text=Bilingual(en=entry.optional("en", self.text, ""), zh=entry.optional("zh", self.text, "")),
            children=entry.optional(
                "children", self.many(lambda item, at: self.block(item, at, found, keys, needed)), ()
            ),
        )
        entry.close()
        self._check_languages(entry, needed)
        if found is not None:
            self._check_place(entry, found, parent)
        return block

    def _check_languages(self, entry: Entry, needed: tuple[Language, ...]) -> None:
        missing = [language for language in Language if not entry.has(language.value)]
        if len(missing) == len(Language):
            self.faults.add(entry.mark, entry.path, FaultCode.NO_TEXT)
            return
        for language in missing:
            if language in needed:
                self.faults.add(entry.mark, entry.path, FaultCode.MISSING_LANGUAGE, language=language.value)

    def _check_place(self, entry: Entry, kind: ParagraphKind, parent: ParagraphKind | None) -> None:
        mark, at = entry.mark_of("kind"), entry.at("kind")
        if parent is not None and kind not in MAY_STAND_UNDER[parent]:
            self.faults.add(mark, at, FaultCode.MISPLACED, kind=kind.value, parent=parent.value)
        elif kind is ParagraphKind.TITLE and not entry.path.endswith(".text[0]"):
            self.faults.add(mark, at, FaultCode.SECOND_TITLE)

    # References to sides

    def side(self, node: Node, path: str) -> str:
        """Return the code of a delegation of this file."""
        return self._side(node, path, ())

    def side_or_both(self, node: Node, path: str) -> str:
        """Return the code of a delegation, or the word for all of them."""
        return self._side(node, path, (BOTH,))

    def addressee(self, node: Node, path: str) -> str:
        """Return whom a paragraph addresses."""
        return self._side(node, path, ADDRESSEES)

    def _side(self, node: Node, path: str, besides: tuple[str, ...]) -> str:
        code = self.word(node, path)
        if code and code not in self.delegations and code not in besides:
            self.faults.add(node.mark, path, FaultCode.UNKNOWN_DELEGATION, code=code)
        return code
