"""Readers of single values and of lists: each takes a node and its path, notes faults, and answers with a value.

Where a value cannot be read, a stand-in of the right type is returned, so that the rest
of the file can still be checked; `Faults.raise_any` sees to it that no stand-in leaves.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from workflow.dialogue_file.faults import FaultCode
from workflow.dialogue_file.tree import Faults, Fields, Items, Mark, Node, Scalar, Unreadable, is_text
from workflow.domain.bilingual import NOTHING, Bilingual

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
Read: TypeAlias = Callable[[Node, str], Value]

#: Longest text of a paragraph, and of anything that stands in one line.
LONGEST_TEXT: Final = 20_000
LONGEST_LINE: Final = 1_000
LONGEST_SEPARATOR: Final = 20
LONGEST_NAME: Final = 64

NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
#: What files are called, with fields in braces.
FILE_NAME: Final = re.compile(r"[A-Za-z0-9{}_-]+")
#: The code points that Unicode keeps from ever being characters.
_NO_CHARACTER: Final = re.compile(
    "[\ufdd0-\ufdef" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)) + "]"
)
#: Characters that break a line, or make columns; the others that do are refused everywhere.
_LINE_BREAK: Final = re.compile("[\n\t\u2028\u2029]")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZONE: Final = re.compile(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")


class Entry:
    """The keys of one entry, each asked for once; what nobody asked for is unknown."""

    def __init__(self, values: "Values", node: Fields, path: str) -> None:
        self.mark = node.mark
        self.path = path
        self._faults = values.faults
        self._entries = node.entries
        self._known: list[str] = []

    def required(self, key: str, read: Read[Value], otherwise: Value) -> Value:
        """Return what stands under `key`, or note that it is missing and return the stand-in."""
        if key not in self._entries:
            self._faults.add(self.mark, self.path, FaultCode.MISSING_KEY, key=key)
        return self.optional(key, read, otherwise)

    def optional(self, key: str, read: Read[Value], otherwise: Value) -> Value:
        """Return what stands under `key`, or `otherwise`."""
        self._known.append(key)
        if key not in self._entries:
            return otherwise
        return read(self._entries[key][1], self.at(key))

    def has(self, key: str) -> bool:
        """Return whether something stands under `key`, in order or not."""
        return key in self._entries

    def at(self, key: str) -> str:
        """Return the path of what stands under `key`."""
        return f"{self.path}.{key}" if self.path else key

    def mark_of(self, key: str) -> Mark:
        """Return the place of `key`'s value, or of the entry where there is none."""
        return self._entries[key][1].mark if key in self._entries else self.mark

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key, (mark, _node) in self._entries.items():
            if key not in self._known:
                self._faults.add(mark, self.path, FaultCode.UNKNOWN_KEY, key=key, known=", ".join(self._known))


class Firsts:
    """Where each name was given first."""

    def __init__(self, faults: Faults, code: FaultCode, parameter: str) -> None:
        self._faults, self._code, self._parameter = faults, code, parameter
        self._lines: dict[str | int, int] = {}

    def add(self, found: str | int, mark: Mark, path: str) -> None:
        """Note `found`, and the fault if it was given before. Nothing was given where it is empty."""
        if found in self._lines:
            self._faults.add(mark, path, self._code, **{self._parameter: found, "first": self._lines[found]})
        elif found:
            self._lines[found] = mark.line


class Values:
    """Readers of values that know nothing of dialogues."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    # Shapes

    def entry(self, node: Node, path: str) -> Entry | None:
        """Return the keys of `node`, or note that it has none and return None."""
        if isinstance(node, Fields):
            return Entry(self, node, path)
        self._wrong_type(node, path, "an entry with keys")
        return None

    def many(self, read: Read[Value]) -> Read[tuple[Value, ...]]:
        """Return a reader of a list of what `read` reads."""

        def read_list(node: Node, path: str) -> tuple[Value, ...]:
            if isinstance(node, Items):
                return tuple(read(item, f"{path}[{index}]") for index, item in enumerate(node.nodes))
            self._wrong_type(node, path, "a list")
            return ()

        return read_list

    def some(self, read: Read[Value]) -> Read[tuple[Value, ...]]:
        """Return a reader of a list of what `read` reads that holds at least one."""
        read_many = self.many(read)

        def read_list(node: Node, path: str) -> tuple[Value, ...]:
            if isinstance(node, Items) and not node.nodes:
                self.faults.add(node.mark, path, FaultCode.EMPTY_LIST)
            return read_many(node, path)

        return read_list

    def each_once(self, read: Read[tuple[Choice | None, ...]]) -> Read[tuple[Choice, ...]]:
        """Return a reader of the list of choices that `read` reads, where none may stand twice."""

        def read_list(node: Node, path: str) -> tuple[Choice, ...]:
            seen: set[str] = set()
            for index, item in enumerate(node.nodes if isinstance(node, Items) else ()):
                if isinstance(item, Scalar):
                    if item.text in seen:
                        self.faults.add(item.mark, f"{path}[{index}]", FaultCode.REPEATED, found=item.text)
                    seen.add(item.text)
            return tuple(choice for choice in read(node, path) if choice is not None)

        return read_list

    # Texts

    def text(self, node: Node, path: str) -> str:
        """Return the text of a paragraph, character for character."""
        return self._text(node, path, LONGEST_TEXT)

    def line(self, node: Node, path: str) -> str:
        """Return a text that stands in one line."""
        text = self._text(node, path, LONGEST_LINE)
        self._check_one_line(node, path, text)
        return text

    def separator(self, node: Node, path: str) -> str:
        """Return what stands between name and title: usually blanks, so blanks are in order here."""
        text = self._string(node, path)
        if text is None:
            return ""
        if not text:
            self.faults.add(node.mark, path, FaultCode.BLANK)
        self._check_characters(node, path, text, LONGEST_SEPARATOR)
        self._check_one_line(node, path, text)
        return text

    def bilingual_line(self, node: Node, path: str) -> Bilingual:
        """Return a text in both languages, each in one line."""
        entry = self.entry(node, path)
        if entry is None:
            return NOTHING
        pair = Bilingual(en=entry.required("en", self.line, ""), zh=entry.required("zh", self.line, ""))
        entry.close()
        return pair

    def line_perhaps_in_chinese(self, node: Node, path: str) -> Bilingual:
        """Return a line of which the Chinese may be missing."""
        entry = self.entry(node, path)
        if entry is None:
            return NOTHING
        pair = Bilingual(en=entry.required("en", self.line, ""), zh=entry.optional("zh", self.line, ""))
        entry.close()
        return pair

    # Words, numbers, days

    def name(self, node: Node, path: str) -> str:
        """Return a short name, e.g. ``march-2019``."""
        return self._matching(node, path, NAME, FaultCode.BAD_NAME)

    def code(self, node: Node, path: str) -> str:
        """Return the code of a delegation, e.g. ``US``."""
        return self._matching(node, path, CODE, FaultCode.BAD_CODE)

    def word(self, node: Node, path: str) -> str:
        """Return a word that something else will be compared with."""
        return self._string(node, path) or ""

    def choice(self, choices: type[Choice]) -> Read[Choice | None]:
        """Return a reader of one of `choices`; None is its stand-in, as none of them would be harmless."""
        known = [member.value for member in choices]

        def read_choice(node: Node, path: str) -> Choice | None:
            text = self._string(node, path)
            if text in known:
                return choices(text)
            if text is not None:
                self.faults.add(node.mark, path, FaultCode.NOT_A_CHOICE, found=text, choices=", ".join(known))
            return None

        return read_choice

    def number(self, least: int, most: int) -> Read[int]:
        """Return a reader of a whole number."""

        def read_number(node: Node, path: str) -> int:
            if not (isinstance(node, Scalar) and node.is_plain and _NUMBER.fullmatch(node.text)):
                self._wrong_type(node, path, "a whole number")
                return 0
            found = int(node.text)
            if not least <= found <= most:
                self.faults.add(node.mark, path, FaultCode.OUT_OF_RANGE, found=found, least=least, most=most)
                return 0
            return found

        return read_number

    def yes_or_no(self, node: Node, path: str) -> bool:
        """Return true or false."""
        if isinstance(node, Scalar) and node.is_plain and node.text in {"true", "false"}:
            return node.text == "true"
        self._wrong_type(node, path, "true or false")
        return False

    def day(self, node: Node, path: str) -> date:
        """Return a date."""
        text = self._string(node, path)
        if text is not None:
            try:
                if _DAY.fullmatch(text):
                    return date.fromisoformat(text)
            except ValueError:
                pass
            self.faults.add(node.mark, path, FaultCode.BAD_DATE, found=text)
        return date.min

    def time_zone(self, node: Node, path: str) -> str:
        """Return the name of a time zone that this machine knows too."""
        text = self._string(node, path)
        if text is None:
            return ""
        if not is_time_zone(text):
            self.faults.add(node.mark, path, FaultCode.UNKNOWN_TIME_ZONE, found=text)
        return text

    # What the readers above are made of

    def _string(self, node: Node, path: str) -> str | None:
        if not isinstance(node, Scalar) or node.is_null:
            self._wrong_type(node, path, "a text")
            return None
        if node.is_plain and not is_text(node.text):
            self.faults.add(node.mark, path, FaultCode.NEEDS_QUOTES, text=node.text)
            return None
        return node.text

    def _text(self, node: Node, path: str, longest: int) -> str:
        if isinstance(node, Scalar) and node.is_null:
            self.faults.add(node.mark, path, FaultCode.BLANK)
            return ""
        text = self._string(node, path)
        if text is None:
            return ""
        if not text.strip():
            self.faults.add(node.mark, path, FaultCode.BLANK)
        self._check_characters(node, path, text, longest)
        return text

    def _matching(self, node: Node, path: str, pattern: re.Pattern[str], code: FaultCode) -> str:
        text = self._string(node, path)
        if text is None:
            return ""
        if pattern.fullmatch(text) and len(text) <= LONGEST_NAME:
            return text
        self.faults.add(node.mark, path, code, found=text)
        return ""

    def _check_characters(self, node: Node, path: str, text: str, longest: int) -> None:
        if len(text) > longest:
            self.faults.add(node.mark, path, FaultCode.TOO_LONG, length=len(text), limit=longest)
        for position, character in enumerate(text, 1):
            if is_unprintable(character):
                shown = f"U+{ord(character):04X}"
                self.faults.add(node.mark, path, FaultCode.CONTROL_CHARACTER, position=position, character=shown)
                return

    def _check_one_line(self, node: Node, path: str, text: str) -> None:
        if _LINE_BREAK.search(text):
            self.faults.add(node.mark, path, FaultCode.SEVERAL_LINES)

    def _wrong_type(self, node: Node, path: str, expected: str) -> None:
        if not isinstance(node, Unreadable):
            self.faults.add(node.mark, path, FaultCode.WRONG_TYPE, expected=expected)


def is_time_zone(text: str) -> bool:
    """Return whether `text` is the name of a time zone that this machine knows too."""
    try:
        return bool(_ZONE.fullmatch(text)) and bool(ZoneInfo(text))
    except (LookupError, ValueError, OSError):  # unknown, malformed, a folder of zones
        return False


def is_unprintable(character: str) -> bool:
    """Return whether `character` may stand in no text: controls, halves of a pair, and what is no character."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or bool(_NO_CHARACTER.fullmatch(character))
