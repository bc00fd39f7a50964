"""What a document is made of: everything a writer needs, and nothing else.

Nothing here is looked up, translated or mended: a writer prints the strings it is given,
in the order it is given them. Names, dates and notices come from the record, worded by
whoever asks for the document.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

#: Characters that XML 1.0 cannot carry, and the carriage return, which readers of a
#: Word document would silently turn into something else.
_UNPRINTABLE: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _check(text: str, language: str) -> None:
    fault = _UNPRINTABLE.search(text)
    if fault is not None:
        place, character = fault.start() + 1, ord(fault.group())
        message = f"character {place} of the {language} text, U+{character:04X}, cannot be written in a document"
        raise ValueError(message)


class Language(StrEnum):
    """A language of the agreements."""

    EN = "en"
    ZH = "zh"


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    LETTER = "letter"


class House(StrEnum):
    """A house style: which type, measures and numbering a document has."""

    NEUTRAL = "neutral"
    GBT9704 = "gbt9704"
    """The measures of official documents in China, GB/T 9704."""


class Layout(StrEnum):
    """How the two languages of a document stand to each other."""

    TWO_COLUMN = "two-column"
    """Side by side, level from paragraph to paragraph."""
    SEQUENTIAL = "sequential"
    """The whole text in one language, then in the other."""
    INTERLEAVED = "interleaved"
    """Each paragraph in one language, then in the other."""
    EN = "en"
    ZH = "zh"


class Change(StrEnum):
    """What a redline did to some words, or to a whole paragraph."""

    INSERTED = "inserted"
    DELETED = "deleted"


class ParagraphKind(StrEnum):
    """What a paragraph is in the agreement, which decides how it looks."""

    TITLE = "title"
    HEADING = "heading"
    NARRATIVE = "narrative"
    LEAD_IN = "lead_in"
    BULLET = "bullet"
    NUMBERED_ITEM = "numbered_item"


@dataclass(frozen=True, slots=True)
class Pair:
    """One passage in English and in Chinese.

    Tabs and line feeds may occur and are kept; a carriage return, a control character
    or half of a surrogate pair may not.

    Raises:
        ValueError: If a character cannot be written in a document. The message names
            the character, its place and the language.

    """

    en: str
    zh: str

    def __post_init__(self) -> None:
        """Refuse text that no document could carry unchanged."""
        _check(self.en, "English")
        _check(self.zh, "Chinese")

    def __getitem__(self, language: Language) -> str:
        """Return the passage in `language`."""
        return self.en if language == Language.EN else self.zh

    @classmethod
    def alike(cls, text: str) -> "Pair":
        """Return `text` as both languages print it, e.g. a bullet or a number."""
        return cls(text, text)


NO_LABEL: Final = Pair("", "")
"""The label of a paragraph that has none."""

PENDING: Final = Pair("[English text pending]", "[中文文本待提供]")
"""What stands in the place of a text that has not been written yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a redline."""

    text: str
    change: Change | None = None
    """``None`` for words that stand in both texts."""

    def __post_init__(self) -> None:
        """Refuse text that no document could carry unchanged."""
        _check(self.text, "redlined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """What changed in a paragraph, by whom and when.

    Equal and deleted words make the old text, equal and inserted ones the new.

    Raises:
        ValueError: If nobody made it, or at no certain time.

    """

    en: tuple[Span, ...]
    zh: tuple[Span, ...]
    author: str
    """Whom Word is to name: a delegation."""
    at: datetime
    """When it was proposed, or agreed; printed to the minute."""
    whole: Change | None = None
    """Set where the paragraph itself came or went, not only words of it."""

    def __post_init__(self) -> None:
        """Refuse a change that nobody made or at no certain time."""
        if not self.author.strip() or self.at.utcoffset() is None:
            message = "a redline needs an author, and a moment with a time zone"
            raise ValueError(message)

    def __getitem__(self, language: Language) -> tuple[Span, ...]:
        """Return the redline in `language`."""
        return self.en if language is Language.EN else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a delegation said openly beside a paragraph."""

    author: str
    at: datetime
    text: str

    def __post_init__(self) -> None:
        """Refuse text that no document could carry unchanged."""
        _check(self.text, "commented")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of an agreement, in reading order."""

    kind: ParagraphKind
    texts: Pair
    """The text in each language; a blank one prints as `PENDING`."""
    label: Pair = NO_LABEL
    """What is printed before the text, literally: "•", or "(1)" and "（1）"."""
    level: int = 1
    """Of a heading: 1 for those that stand under none, 2 for those under one, and so on; as from 4 they look alike."""
    aside: Pair = NO_LABEL
    """Printed small above the text and no part of it: its working number and how it stands."""
    notes: tuple[Pair, ...] = ()
    """Footnotes to its end: reservations."""
    redline: Redline | None = None
    """Where given, it is printed in the place of `texts`."""
    comments: tuple[Comment, ...] = ()
    """As Word comments on the whole paragraph."""
    anchor: str = ""
    """Ten hexadecimal digits by which a copy that comes back knows it; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One line of a participant list."""

    name: Pair
    title: Pair
    separator: Pair = Pair(" ", "　")
    """What parts name and title. It is part of the record: one published list has a
    no-break space and a space here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantList:
    """The participants of one side, in the order in which they are printed."""

    heading: Pair
    participants: tuple[Participant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something every reader must know about the document."""

    text: Pair
    """In full, printed once at the head of the document."""
    short: Pair
    """In a few words, printed at the head of each page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every document has, whatever it holds.

    Raises:
        ValueError: If `as_of` has no time zone.

    """

    name: Pair
    """What the document is called among a file's properties; not printed."""
    as_of: datetime
    """The moment of the record that the document shows; never the moment of writing."""
    cover: tuple[Pair, ...] = ()
    """Lines printed above the text that are no part of it: which agreement this is.
    The first is the most prominent."""
    notices: tuple[Notice, ...] = ()
    draft_mark: Pair | None = None
    """What marks each page of a text that is not adopted, e.g. "DRAFT Rev.2"."""
    owner_mark: Pair | None = None
    """What marks each page of a copy that is not to leave a delegation."""
    edition: Language = Language.EN
    """The language that comes first: in the left column, or before the other."""
    paper: Paper = Paper.A4
    house: House = House.NEUTRAL

    def __post_init__(self) -> None:
        """Refuse a document that could only have been asked for by mistake."""
        if self.as_of.utcoffset() is None:
            message = f"{self.name.en!r}: as_of needs a time zone"
            raise ValueError(message)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is in, the edition's own first."""
        return order(self.edition)

    @property
    def marks(self) -> tuple[Pair, ...]:
        """What marks each page."""
        return tuple(mark for mark in (self.draft_mark, self.owner_mark) if mark is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a copy that comes back is compared with."""

    document: str
    """The id of the agreement."""
    revision: str
    """The Rev. it shows, or the hash of the text where none was issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument(Sheet):
    """A text in two languages, paragraph by paragraph, ready to be written down.

    Raises:
        ValueError: If there is nothing in it: an empty document is a mistake made
            further up, and Word would show it as a blank page. Or as `Sheet` does.

    """

    paragraphs: tuple[Paragraph, ...]
    """In reading order."""
    participant_lists: tuple[ParticipantList, ...] = ()
    """In the order in which they are printed: the edition's."""
    layout: Layout = Layout.TWO_COLUMN
    origin: Origin | None = None
    """Given in a copy that is to come back: paragraphs then carry their anchors."""

    def __post_init__(self) -> None:
        """Refuse a document that could only have been asked for by mistake."""
        Sheet.__post_init__(self)
        if not self.paragraphs and not self.participant_lists:
            message = f"{self.name.en!r} has no paragraphs"
            raise ValueError(message)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is in, the edition's own first."""
        if self.layout in {Layout.EN, Layout.ZH}:
            return (Language(self.layout),)
        return order(self.edition)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a cell."""

    text: str
    language: Language
    is_strong: bool = False
    is_quiet: bool = False
    label: str = ""
    """What is printed before the text, literally: "•", "(1)"."""
    keeps_next: bool = False
    """Whether its row stays on the page of the next, as a heading does."""

    def __post_init__(self) -> None:
        """Refuse text that no document could carry unchanged."""
        _check(self.text, "English" if self.language is Language.EN else "Chinese")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    heading: tuple[Words, ...]
    share: int
    """How wide it is, in parts of the sum of all shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDocument(Sheet):
    """A table that a meeting works with, across the long side of the page.

    Raises:
        ValueError: If there is no row, or one has not a cell for each column. Or as
            `Sheet` does.

    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Words, ...], ...], ...]
    """Row by row, cell by cell, line by line."""

    def __post_init__(self) -> None:
        """Refuse a table that no reader could make sense of."""
        Sheet.__post_init__(self)
        if not self.rows or any(len(row) != len(self.columns) for row in self.rows):
            message = f"{self.name.en!r} has no rows, or rows that do not fit its {len(self.columns)} columns"
            raise ValueError(message)


def order(edition: Language) -> tuple[Language, Language]:
    """Return both languages, that of `edition` first."""
    if edition == Language.EN:
        return (Language.EN, Language.ZH)
    return (Language.ZH, Language.EN)
