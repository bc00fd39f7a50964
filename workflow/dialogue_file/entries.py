"""What a dialogue file says, as values: one class per kind of entry.

The values know neither YAML nor the database. `reading` makes them of a text, `writing`
makes a text of them, and the services load them into rows and fill them from rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag

#: The number of the format that this package reads and writes.
FORMAT: Final = 1

#: How the label of a paragraph prints when the file does not say.
USUAL_LABEL_STYLE: Final = dict.fromkeys(ParagraphKind, LabelStyle.NONE) | {
    ParagraphKind.BULLET: LabelStyle.BULLET,
    ParagraphKind.NUMBERED_ITEM: LabelStyle.PARENTHESISED,
}

#: Addressees that are not a delegation.
ADDRESSEES: Final = ("governments", "industry")

#: What stands between a name and a title on one line, unless the file says otherwise.
USUAL_SEPARATOR: Final = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEntry:
    """One side of the dialogue. Their order in the file is their order on screens."""

    code: str
    """Two to eight capital letters or digits, e.g. ``US``."""
    name: Bilingual
    adjective: Bilingual
    """What the side is called in front of a noun, e.g. “Chinese”."""
    colour: int
    """Number of its colour on screens."""
    named_first: Bilingual = NOTHING
    """How the sides are named together in its own edition, e.g. “U.S.-China”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """Somebody on a public participant list."""

    key: str
    name_en: str
    name_zh: str
    """Chinese characters, only where attested; empty where not."""
    sort_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a session was held, or a part of it."""

    name: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """First and last day of a session as one side's calendar has them."""

    side: str | None
    """Code of the delegation whose dates these are; None when they hold for all."""
    first: date
    last: date
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Who convened a session."""

    name: Bilingual
    side: str | None = None
    """Code of the delegation whose host this is; None where it belongs to no side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantEntry:
    """A person as one session's list shows them."""

    person: str
    """Key of the person."""
    display_en: str
    display_zh: str
    """How the Chinese list shows the name; empty where it shows the Latin form."""
    title: Bilingual
    """Title as of this session. The Chinese may be empty."""
    leader: bool = False
    separator: str = USUAL_SEPARATOR
    """What the printed line has between name and title, blank for blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantListEntry:
    """One side's participants, in printed order."""

    side: str
    heading: Bilingual
    participants: tuple[ParticipantEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph and what stands under it."""

    kind: ParagraphKind
    text: Bilingual
    """An empty version is one that has not been written yet."""
    key: str | None = None
    """Name of the paragraph within its agreement, where something refers to it."""
    label_style: LabelStyle = LabelStyle.NONE
    label: str | None = None
    """The printed label itself, where counting would not give it."""
    tags: frozenset[Tag] = frozenset()
    speaker: str | None = None
    """Code of the delegation that says it; None when both sides do."""
    addressee: str | None = None
    """``governments``, ``industry``, the code of a delegation, or None."""
    drafted_in: Language = Language.EN
    working_title: Bilingual | None = None
    children: tuple["Block", ...] = ()

    def walk(self) -> Iterator["Block"]:
        """Yield this block and everything under it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEntry:
    """A session's agreement. A negotiated one may have no text yet."""

    short_name: str
    name: Bilingual
    kind: AgreementKind
    authentic: tuple[Language, ...]
    unofficial: tuple[Language, ...] = ()
    """Languages whose text is a working translation and never agreed language."""
    source: Bilingual | None = None
    """Where a recorded text was taken from."""
    text: tuple[Block, ...] = ()

    def walk(self) -> Iterator[Block]:
        """Yield every block in printed order."""
        for block in self.text:
            yield from block.walk()

    def block(self, key: str) -> Block:
        """Return the block named `key`.

        Raises:
            KeyError: If no block has that name.

        """
        for block in self.walk():
            if block.key == key:
                return block
        raise KeyError(key)

    def governed(self) -> Iterator[tuple[Block, Block | None]]:
        """Yield every block in printed order, each with the lead-in that governs it.

        A lead-in governs what stands under it. One with nothing under it governs the
        sections that follow it on its own level, until a paragraph that is no section.
        """
        yield from _governed(self.text, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """One meeting of the dialogue."""

    ordinal: int
    name: Bilingual
    exercise: bool = False
    """Whether the session is made up, for practice."""
    off_the_record: Bilingual | None = None
    """What the session says of confidence, e.g. “off-the-record discussions”."""
    places: tuple[Place, ...]
    dates: tuple[Dates, ...]
    hosts: tuple[Host, ...]
    note: Bilingual | None = None
    """What a reader should know of this record, e.g. where two sources differ."""
    participants: tuple[ParticipantListEntry, ...] = ()
    agreement: AgreementEntry | None = None
    agenda: tuple[str, ...] = ()
    """Keys of the agreement's paragraphs that go on the next session's agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueFile:
    """A whole dialogue: who negotiates, who came, and what was agreed."""

    short_name: str
    name: Bilingual
    delegations: tuple[DelegationEntry, ...]
    cover: tuple[Bilingual, ...] = ()
    """The lines above the text of its documents, with fields in braces; none for the usual ones."""
    file_name: str = ""
    """What the files of its documents are called, with fields in braces."""
    terms: tuple[Bilingual, ...] = ()
    """Terms of the field, each with its agreed counterpart."""
    persons: tuple[PersonEntry, ...] = ()
    sessions: tuple[SessionEntry, ...] = ()

    @property
    def agreements(self) -> tuple[AgreementEntry, ...]:
        """The agreements of all sessions, in order."""
        return tuple(session.agreement for session in self.sessions if session.agreement)

    def agreement(self, short_name: str) -> AgreementEntry:
        """Return the agreement named `short_name`.

        Raises:
            KeyError: If no session has an agreement of that name.

        """
        for agreement in self.agreements:
            if agreement.short_name == short_name:
                return agreement
        raise KeyError(short_name)

    def person(self, key: str) -> PersonEntry:
        """Return the person named `key`.

        Raises:
            KeyError: If the file has no such person.

        """
        for person in self.persons:
            if person.key == key:
                return person
        raise KeyError(key)


def _governed(blocks: tuple[Block, ...], above: Block | None) -> Iterator[tuple[Block, Block | None]]:
    standing: Block | None = None
    for block in blocks:
        if block.kind is not ParagraphKind.HEADING:
            standing = None
        governor = standing or above
        yield block, governor
        is_lead_in = block.kind is ParagraphKind.LEAD_IN
        yield from _governed(block.children, block if is_lead_in else governor)
        if is_lead_in and not block.children:
            standing = block
