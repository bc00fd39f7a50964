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


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of an agreement, in reading order."""

    kind: ParagraphKind
    texts: Pair
    """The text in each language; a blank one prints as `PENDING`."""
    label: Pair = NO_LABEL
    """What is printed before the text, literally: "•", or "(1)" and "（1）"."""


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
class AgreementDocument:
    """An agreement ready to be written down.

    Raises:
        ValueError: If there are no paragraphs: an empty agreement is a mistake made
            further up, and Word would show it as a blank page. Or if `as_of` has no
            time zone.

    """

    name: Pair
    """What the document is called among a file's properties; not printed."""
    as_of: datetime
    """The moment of the record that the document shows; never the moment of writing."""
    paragraphs: tuple[Paragraph, ...]
    """In reading order."""
    participant_lists: tuple[ParticipantList, ...] = ()
    """In the order in which they are printed: the edition's."""
    cover: tuple[Pair, ...] = ()
    """Lines printed above the text that are no part of it: which agreement this is.
    The first is the most prominent."""
    notices: tuple[Notice, ...] = ()
    draft_mark: Pair | None = None
    """What marks each page of a text that is not adopted, e.g. "DRAFT Rev.2"."""
    edition: Language = Language.EN
    """The language that comes first: in the left column, or before the other."""
    paper: Paper = Paper.A4

    def __post_init__(self) -> None:
        """Refuse a document that could only have been asked for by mistake."""
        if not self.paragraphs:
            message = f"{self.name.en!r} has no paragraphs"
            raise ValueError(message)
        if self.as_of.utcoffset() is None:
            message = f"{self.name.en!r}: as_of needs a time zone"
            raise ValueError(message)

    @property
    def languages(self) -> tuple[Language, Language]:
        """Both languages, the edition's own first."""
        return order(self.edition)


def order(edition: Language) -> tuple[Language, Language]:
    """Return both languages, that of `edition` first."""
    if edition == Language.EN:
        return (Language.EN, Language.ZH)
    return (Language.ZH, Language.EN)
