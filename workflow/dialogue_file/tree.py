"""A YAML text as a tree of nodes that know their line, with everything refused that could hide something.

Not the YAML library's own loading: that resolves aliases (a few lines can become
gigabytes), lets the second of two equal keys win, turns ``NO`` into false and forgets
the lines. Here a node is what is written, and the reader says what it should be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml
from yaml import events
from yaml.resolver import Resolver

from workflow.dialogue_file.faults import Fault, FaultCode, FaultyFile

#: More than any dialogue has; a file of this size is read in a few seconds.
LARGEST: Final = 5_000_000
DEEPEST: Final = 48
MOST_NODES: Final = 100_000
MOST_FAULTS: Final = 1000

_PARSER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: What YAML does not let stand in a file unescaped, surrogates among it.
_UNPRINTABLE: Final = re.compile("[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")

_RESOLVER: Final = Resolver()
#: What is no text to a reader of YAML 1.2, or of 1.1 to the letter, beyond what the library takes for something else.
_NO_TEXT_ELSEWHERE: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]|0x[0-9a-fA-F]+"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file, line and column counted from one."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text as it is meant, quotes and escapes resolved."""

    mark: Mark
    text: str
    is_plain: bool
    """Whether it stands without quotes, and not as a block."""

    @property
    def is_null(self) -> bool:
        """Whether nothing is written, or YAML's word for it."""
        return self.is_plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    mark: Mark
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys and what they hold, each key once."""

    mark: Mark
    entries: Mapping[str, "tuple[Mark, Node]"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands where something is that has already been found at fault."""

    mark: Mark


_TEXT: Final = "tag:yaml.org,2002:str"
_DATE: Final = "tag:yaml.org,2002:timestamp"

Node: TypeAlias = Scalar | Items | Fields | Unreadable


def is_text(plain: str) -> bool:
    """Return whether `plain`, written without quotes, is text to every reader of YAML.

    A date counts as text: this format writes dates without quotes, and YAML 1.2 has no dates.
    """
    return _tag(plain) in {_TEXT, _DATE} and not _NO_TEXT_ELSEWHERE.fullmatch(plain)


def reads_as_date(plain: str) -> bool:
    """Return whether `plain`, written without quotes, is a date to readers of YAML 1.1."""
    return _tag(plain) == _DATE


def _tag(plain: str) -> str:
    """Return what YAML 1.1 takes `plain` for when it stands without quotes."""
    return str(_RESOLVER.resolve(yaml.ScalarNode, plain, (True, False)))  # type: ignore[no-untyped-call]  # types lack it


class Faults:
    """The faults found so far in one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Fault] = []

    def add(self, mark: Mark, path: str, code: FaultCode, /, **detail: str | int) -> None:
        """Note a fault.

        Raises:
            FaultyFile: If there are so many that a longer list helps nobody.

        """
        if len(self.found) == MOST_FAULTS:
            # In front of its line's faults is no place for it: it goes last, unsorted.
            last = Fault(
                line=mark.line,
                column=mark.column,
                path="",
                code=FaultCode.TOO_MANY_FAULTS,
                detail={"limit": MOST_FAULTS},
            )
            raise FaultyFile(self.name, (*self._sorted(), last))
        self.found.append(Fault(line=mark.line, column=mark.column, path=path, code=code, detail=detail))

    def stop(self, mark: Mark, code: FaultCode, /, **detail: str | int) -> FaultyFile:
        """Return the refusal of a file that cannot be read beyond `mark`."""
        self.add(mark, "", code, **detail)
        return FaultyFile(self.name, self._sorted())

    def raise_any(self) -> None:
        """Return only if nothing is wrong.

        Raises:
            FaultyFile: If anything is.

        """
        if self.found:
            raise FaultyFile(self.name, self._sorted())

    def _sorted(self) -> tuple[Fault, ...]:
        return tuple(sorted(self.found, key=lambda fault: (fault.line, fault.column)))


def decoded(text: str | bytes, faults: Faults) -> str:
    """Return `text` as characters that YAML can read.

    A character that may not stand in a file is noted as a fault and replaced, so that
    what follows it can still be checked.

    Raises:
        FaultyFile: If the file is too large, or not UTF-8.

    """
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST:
        raise faults.stop(Mark(1, 1), FaultCode.TOO_LARGE, size=len(raw), limit=LARGEST)
    characters = text if isinstance(text, str) else _from_utf8(text, faults)

    def replaced(match: re.Match[str]) -> str:
        line_start = characters.rfind("\n", 0, match.start()) + 1
        mark = Mark(characters.count("\n", 0, match.start()) + 1, match.start() - line_start + 1)
        code = FaultCode.RAW_SEPARATOR if match.group() in "\u2028\u2029" else FaultCode.UNPRINTABLE
        faults.add(mark, "", code, character=f"U+{ord(match.group()):04X}")
        return "\ufffd"

    return _UNPRINTABLE.sub(replaced, characters)


def _from_utf8(raw: bytes, faults: Faults) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise faults.stop(Mark(line, column), FaultCode.NOT_UTF8, byte=f"0x{raw[error.start]:02X}") from None


def grown(text: str, faults: Faults) -> Node:
    """Return the one document in `text`, as a tree.

    Raises:
        FaultyFile: If `text` is not YAML, holds nothing, or is too deep or too long to go on.

    """
    grower = _Grower(text, faults)
    root: Node | None = None
    for event in grower.events:
        match event:
            case events.StreamStartEvent() | events.StreamEndEvent() | events.DocumentEndEvent():
                pass
            case events.DocumentStartEvent():
                if root is not None:
                    raise faults.stop(_mark(event), FaultCode.SEVERAL_DOCUMENTS)
            case _:
                root = grower.node(event, 0)
    if root is None or (isinstance(root, Scalar) and root.is_null):
        raise faults.stop(Mark(1, 1), FaultCode.EMPTY)
    return root


def _parsed(text: str, faults: Faults) -> Iterator[events.Event]:
    try:
        yield from yaml.parse(text, Loader=_PARSER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise faults.stop(where, FaultCode.SYNTAX, problem=problem) from None
    except yaml.YAMLError as error:
        problem = str(error).partition("\n")[0]
        raise faults.stop(Mark(1, 1), FaultCode.SYNTAX, problem=problem) from None


class _Grower:
    """Makes nodes of what the parser says, and stops it where a file means harm."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.events = _parsed(text, faults)
        self._faults = faults
        self._count = 0

    def node(self, event: events.Event, depth: int) -> Node:
        """Return the node that begins with `event`."""
        mark = _mark(event)
        self._count += 1
        if depth > DEEPEST:
            raise self._faults.stop(mark, FaultCode.TOO_DEEP, limit=DEEPEST)
        if self._count > MOST_NODES:
            raise self._faults.stop(mark, FaultCode.TOO_MANY_ENTRIES, limit=MOST_NODES)
        if isinstance(event, events.AliasEvent):
            self._faults.add(mark, "", FaultCode.ALIAS, anchor=str(event.anchor))
            return Unreadable(mark)
        if isinstance(event, events.NodeEvent) and event.anchor is not None:
            self._faults.add(mark, "", FaultCode.ANCHOR, anchor=str(event.anchor))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._faults.add(mark, "", FaultCode.EXPLICIT_TAG, tag=str(tag))
        match event:
            case events.ScalarEvent():
                return Scalar(mark, event.value, is_plain=not event.style)
            case events.SequenceStartEvent():
                return self._items(mark, depth)
            case _:
                return self._fields(mark, depth)

    def _items(self, mark: Mark, depth: int) -> Items:
        nodes = []
        while not isinstance(event := next(self.events), events.SequenceEndEvent):
            nodes.append(self.node(event, depth + 1))
        return Items(mark, tuple(nodes))

    def _fields(self, mark: Mark, depth: int) -> Fields:
        entries: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            key = self.node(event, depth + 1)
            node = self.node(next(self.events), depth + 1)
            if isinstance(key, Items | Fields):
                self._faults.add(key.mark, "", FaultCode.WRONG_TYPE, expected="a word as key")
            elif isinstance(key, Scalar) and key.text in entries:
                first = entries[key.text][0].line
                self._faults.add(key.mark, "", FaultCode.DUPLICATE_KEY, key=key.text, first=first)
            elif isinstance(key, Scalar):
                entries[key.text] = (key.mark, node)
        return Fields(mark, entries)


def _mark(event: events.Event) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1) if start else Mark(1, 1)
