"""What can be wrong with a dialogue file: codes, places and parameters, and their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class FaultCode(StrEnum):
    """What is wrong. `SENTENCES` says it in words."""

    # The file as a file
    NOT_UTF8 = "not_utf8"
    TOO_LARGE = "too_large"
    UNPRINTABLE = "unprintable"
    RAW_SEPARATOR = "raw_separator"
    EMPTY = "empty"
    SYNTAX = "syntax"
    SEVERAL_DOCUMENTS = "several_documents"
    ANCHOR = "anchor"
    ALIAS = "alias"
    EXPLICIT_TAG = "explicit_tag"
    TOO_DEEP = "too_deep"
    TOO_MANY_ENTRIES = "too_many_entries"
    DUPLICATE_KEY = "duplicate_key"
    TOO_MANY_FAULTS = "too_many_faults"
    # Shape
    UNKNOWN_FORMAT = "unknown_format"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    NEEDS_QUOTES = "needs_quotes"
    NOT_A_CHOICE = "not_a_choice"
    OUT_OF_RANGE = "out_of_range"
    EMPTY_LIST = "empty_list"
    REPEATED = "repeated"
    # Text
    BLANK = "blank"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    SEVERAL_LINES = "several_lines"
    BAD_NAME = "bad_name"
    BAD_CODE = "bad_code"
    BAD_DATE = "bad_date"
    # What belongs together
    UNKNOWN_FIELD = "unknown_field"
    BAD_FILE_NAME = "bad_file_name"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    END_BEFORE_START = "end_before_start"
    DUPLICATE_DELEGATION = "duplicate_delegation"
    DUPLICATE_COLOUR = "duplicate_colour"
    DUPLICATE_TERM = "duplicate_term"
    DUPLICATE_PERSON = "duplicate_person"
    DUPLICATE_ORDINAL = "duplicate_ordinal"
    ORDINAL_OUT_OF_ORDER = "ordinal_out_of_order"
    DUPLICATE_SHORT_NAME = "duplicate_short_name"
    DUPLICATE_BLOCK_KEY = "duplicate_block_key"
    DUPLICATE_LIST = "duplicate_list"
    DUPLICATE_PARTICIPANT = "duplicate_participant"
    DUPLICATE_DATES = "duplicate_dates"
    UNKNOWN_DELEGATION = "unknown_delegation"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_BLOCK = "unknown_block"
    NOT_AN_AGENDA_ITEM = "not_an_agenda_item"
    NO_AGREEMENT = "no_agreement"
    MISPLACED = "misplaced"
    SECOND_TITLE = "second_title"
    MISSING_LANGUAGE = "missing_language"
    AUTHENTIC_AND_UNOFFICIAL = "authentic_and_unofficial"
    NO_TEXT = "no_text"


def N_(sentence: str) -> str:  # noqa: N802 -- gettext's own name for "translate this later"
    """Return `sentence` unchanged, marked for the catalogue."""
    return sentence


#: Every fault as an English sentence; ``%(…)s`` stand for the fault's parameters.
SENTENCES: Final[Mapping[FaultCode, str]] = {
    FaultCode.NOT_UTF8: N_("The file is not UTF-8 text: byte %(byte)s cannot be read."),
    FaultCode.TOO_LARGE: N_("The file has %(size)s bytes; at most %(limit)s are read."),
    FaultCode.UNPRINTABLE: N_("Character %(character)s cannot stand in a file."),
    FaultCode.RAW_SEPARATOR: N_("Character %(character)s cannot stand bare: write its escape between double quotes."),
    FaultCode.EMPTY: N_("The file is empty."),
    FaultCode.SYNTAX: N_("This is not YAML: %(problem)s."),
    FaultCode.SEVERAL_DOCUMENTS: N_("A second YAML document begins here; a file holds one dialogue."),
    FaultCode.ANCHOR: N_("Anchors (&%(anchor)s) are not allowed: write the text out where it stands."),
    FaultCode.ALIAS: N_("Aliases (*%(anchor)s) are not allowed: write the text out where it stands."),
    FaultCode.EXPLICIT_TAG: N_("YAML tags (%(tag)s) are not allowed."),
    FaultCode.TOO_DEEP: N_("Entries are nested more than %(limit)s levels deep."),
    FaultCode.TOO_MANY_ENTRIES: N_("The file has more than %(limit)s entries."),
    FaultCode.DUPLICATE_KEY: N_("“%(key)s” stands twice in one entry; it was first given in line %(first)s."),
    FaultCode.TOO_MANY_FAULTS: N_("There are more than %(limit)s faults; the rest is not listed."),
    FaultCode.UNKNOWN_FORMAT: N_("This is format %(found)s; only format %(known)s can be read."),
    FaultCode.UNKNOWN_KEY: N_("“%(key)s” is not known here. Known: %(known)s."),
    FaultCode.MISSING_KEY: N_("“%(key)s” is missing."),
    FaultCode.WRONG_TYPE: N_("This should be %(expected)s."),
    FaultCode.NEEDS_QUOTES: N_("“%(text)s” means something else than text in YAML: put it in quotes."),
    FaultCode.NOT_A_CHOICE: N_("“%(found)s” is not one of: %(choices)s."),
    FaultCode.OUT_OF_RANGE: N_("%(found)s is not between %(least)s and %(most)s."),
    FaultCode.EMPTY_LIST: N_("At least one entry is needed here."),
    FaultCode.REPEATED: N_("“%(found)s” stands in this list twice."),
    FaultCode.BLANK: N_("This text is blank: leave the entry out or write something."),
    FaultCode.TOO_LONG: N_("This text has %(length)s characters; at most %(limit)s are allowed."),
    FaultCode.CONTROL_CHARACTER: N_("Character %(position)s of this text is %(character)s, which cannot be printed."),
    FaultCode.SEVERAL_LINES: N_("This text must stand in one line."),
    FaultCode.BAD_NAME: N_("“%(found)s” is no short name: small letters, digits and hyphens, a letter or digit first."),
    FaultCode.BAD_CODE: N_(
        "“%(found)s” is no delegation code: two to eight capital letters or digits, a letter first."
    ),
    FaultCode.BAD_DATE: N_("“%(found)s” is no date: write year-month-day, e.g. 2019-03-11."),
    FaultCode.UNKNOWN_FIELD: N_("“%(field)s” is no field that can stand in braces here. Known: %(known)s."),
    FaultCode.BAD_FILE_NAME: N_(
        "“%(found)s” would make a file name that some systems refuse: letters, digits, hyphens and fields in braces."
    ),
    FaultCode.UNKNOWN_TIME_ZONE: N_("“%(found)s” is no time zone: write e.g. Asia/Shanghai."),
    FaultCode.END_BEFORE_START: N_("The last day, %(last)s, is before the first, %(first)s."),
    FaultCode.DUPLICATE_DELEGATION: N_("There is already a delegation %(code)s, in line %(first)s."),
    FaultCode.DUPLICATE_COLOUR: N_("Colour %(colour)s is already the one of delegation %(code)s."),
    FaultCode.DUPLICATE_TERM: N_("There is already a term “%(en)s”, in line %(first)s."),
    FaultCode.DUPLICATE_PERSON: N_("There is already a person “%(key)s”, in line %(first)s."),
    FaultCode.DUPLICATE_ORDINAL: N_("There is already a session %(ordinal)s, in line %(first)s."),
    FaultCode.ORDINAL_OUT_OF_ORDER: N_("Session %(ordinal)s stands after session %(previous)s."),
    FaultCode.DUPLICATE_SHORT_NAME: N_("There is already an agreement “%(short_name)s”, in line %(first)s."),
    FaultCode.DUPLICATE_BLOCK_KEY: N_("There is already a paragraph “%(key)s” in this agreement, in line %(first)s."),
    FaultCode.DUPLICATE_LIST: N_("Delegation %(side)s already has a participant list in this session."),
    FaultCode.DUPLICATE_PARTICIPANT: N_("“%(person)s” is already on a participant list of this session."),
    FaultCode.DUPLICATE_DATES: N_("The dates for %(side)s are already given in line %(first)s."),
    FaultCode.UNKNOWN_DELEGATION: N_("There is no delegation “%(code)s” in this file."),
    FaultCode.UNKNOWN_PERSON: N_("There is no person “%(key)s” in this file."),
    FaultCode.UNKNOWN_BLOCK: N_("This session's agreement has no paragraph “%(key)s”."),
    FaultCode.NOT_AN_AGENDA_ITEM: N_("Paragraph “%(key)s” is not tagged agenda_item."),
    FaultCode.NO_AGREEMENT: N_("This session has no agreement whose paragraphs could be named here."),
    FaultCode.MISPLACED: N_("A %(kind)s cannot stand under a %(parent)s."),
    FaultCode.SECOND_TITLE: N_("A title is the first paragraph of an agreement, and there is one at most."),
    FaultCode.MISSING_LANGUAGE: N_(
        "The text in %(language)s is missing; it is an authentic language of a recorded text."
    ),
    FaultCode.AUTHENTIC_AND_UNOFFICIAL: N_("A text in %(language)s cannot be both authentic and unofficial."),
    FaultCode.NO_TEXT: N_("This has no text in either language."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, and where."""

    line: int
    """Counted from one."""
    column: int
    """Counted from one."""
    path: str
    """Where in the entries, e.g. ``sessions[0].agreement.text[3].en``; empty for the whole file."""
    code: FaultCode
    detail: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The fault as an English sentence, without its place."""
        return SENTENCES[self.code] % self.detail

    def __str__(self) -> str:
        """Return place and sentence as a command line shows them, the name of the file left out."""
        where = f"{self.path}: " if self.path else ""
        return f"{self.line}:{self.column}: {where}{self.sentence}"


class FaultyFile(Exception):  # noqa: N818 -- what the reader says of the file
    """A file that is no dialogue file.

    Attributes:
        name: Name of the file, as the caller gave it.
        faults: Everything that is wrong with it, in the order of lines. Never empty.

    """

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.name = name
        self.faults = faults
        super().__init__("\n".join(f"{name}:{fault}" for fault in faults))
