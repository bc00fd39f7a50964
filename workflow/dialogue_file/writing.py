"""From the entries of a dialogue to a text that a person can read, edit and compare line by line.

Every text is written in the plainest of YAML's styles that loses nothing of it; what the
eye would miss (a no-break space, a trailing blank, a mark of direction) is written as an
escape between double quotes.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from workflow.dialogue_file.entries import (
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
    SessionEntry,
)
from workflow.dialogue_file.tree import is_text, reads_as_date
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import Tag

PREAMBLE: Final = """\
# yaml-language-server: $schema=dialogue.schema.json
# A dialogue in the format that docs/file-format.md describes.
# A character that the eye would miss stands as an escape between double quotes: "\\_" is a no-break space.

"""

#: Where a long paragraph's line is broken, if it has a blank to break it at.
WIDTH: Final = 110

_SHORT_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\N{NO-BREAK SPACE}": "\\_",
    "\N{LINE SEPARATOR}": "\\L",
    "\N{PARAGRAPH SEPARATOR}": "\\P",
}
#: Categories of characters that cannot be seen, or not be told from others.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})

#: A blank at which a line may be broken: one alone, between two characters that are none.
_BREAK: Final = re.compile("(?<=[^ \t\n]) (?=[^ \t\n])")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text that may be long, and then stands on lines of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A list short enough for one line."""

    words: Sequence[str]


_Scalar: TypeAlias = str | int | bool | date | _Paragraph | _Words
_Value: TypeAlias = "_Scalar | Mapping[str, _Value] | Sequence[_Value]"
_Entry: TypeAlias = dict[str, _Value]


def write(file: DialogueFile) -> str:
    """Return `file` as a text that `read` makes the same entries of."""
    parts: _Entry = {
        "format": FORMAT,
        "dialogue": {"short_name": file.short_name, "name": _pair(file.name)},
        "delegations": [_delegation(delegation) for delegation in file.delegations],
    }
    documents = _without_gaps(cover=[_pair(line) for line in file.cover] or None, file_name=file.file_name or None)
    if documents:
        parts["documents"] = documents
    if file.terms:
        parts["terms"] = [_pair(term) for term in file.terms]
    if file.persons:
        parts["persons"] = [_person(person) for person in file.persons]
    if file.sessions:
        parts["sessions"] = [_session(session) for session in file.sessions]
    return PREAMBLE + "\n".join("".join(f"{line}\n" for line in _lines({key: part}, 0)) for key, part in parts.items())


def _delegation(delegation: DelegationEntry) -> _Entry:
    return {
        "code": delegation.code,
        "name": _pair(delegation.name),
        "adjective": _pair(delegation.adjective),
        "colour": delegation.colour,
        **({} if delegation.named_first.is_empty else {"named_first": _pair(delegation.named_first)}),
    }


def _person(person: PersonEntry) -> _Entry:
    return {
        "key": person.key,
        "name": _pair(Bilingual(en=person.name_en, zh=person.name_zh)),
        "sort_key": person.sort_key,
    }


def _session(session: SessionEntry) -> _Entry:
    return _without_gaps(
        ordinal=session.ordinal,
        name=_pair(session.name),
        exercise=session.exercise or None,
        off_the_record=_pair(session.off_the_record) if session.off_the_record else None,
        places=[_pair(place.name) for place in session.places],
        dates=[_dates(dates) for dates in session.dates],
        hosts=[_host(host) for host in session.hosts],
        note=_long_pair(session.note) if session.note else None,
        participants=[_participant_list(participants) for participants in session.participants] or None,
        agreement=_agreement(session.agreement) if session.agreement else None,
        agenda=_Words(session.agenda) if session.agenda else None,
    )


def _dates(dates: Dates) -> _Entry:
    return {"side": dates.side or "both", "from": dates.first, "to": dates.last, "time_zone": dates.time_zone}


def _host(host: Host) -> _Entry:
    return _without_gaps(name=_pair(host.name), side=host.side)


def _participant_list(participants: ParticipantListEntry) -> _Entry:
    return {
        "side": participants.side,
        "heading": _pair(participants.heading),
        "list": [_participant(participant) for participant in participants.participants],
    }


def _participant(participant: ParticipantEntry) -> _Entry:
    return _without_gaps(
        person=participant.person,
        display=_pair(Bilingual(en=participant.display_en, zh=participant.display_zh)),
        separator=participant.separator if participant.separator != USUAL_SEPARATOR else None,
        title=_pair(participant.title),
        leader=participant.leader or None,
    )


def _agreement(agreement: AgreementEntry) -> _Entry:
    return _without_gaps(
        short_name=agreement.short_name,
        name=_pair(agreement.name),
        kind=agreement.kind.value,
        authentic=_Words(agreement.authentic),
        unofficial=_Words(agreement.unofficial) if agreement.unofficial else None,
        source=_long_pair(agreement.source) if agreement.source else None,
        text=[_block(block) for block in agreement.text] or None,
    )


def _block(block: Block) -> _Entry:
    return _without_gaps(
        kind=block.kind.value,
        key=block.key,
        label_style=block.label_style.value if block.label_style is not USUAL_LABEL_STYLE[block.kind] else None,
        label=block.label,
        tags=_Words([tag for tag in Tag if tag in block.tags]) if block.tags else None,
        speaker=block.speaker,
        addressee=block.addressee,
        drafted_in=block.drafted_in.value if block.drafted_in is not Language.EN else None,
        working_title=_pair(block.working_title) if block.working_title else None,
        **_long_pair(block.text),
        children=[_block(child) for child in block.children] or None,
    )


def _pair(text: Bilingual) -> _Entry:
    return {language.value: text[language] for language in Language if text[language]}


def _long_pair(text: Bilingual) -> _Entry:
    return {language.value: _Paragraph(text[language]) for language in Language if text[language]}


def _without_gaps(**entry: "_Value | None") -> _Entry:
    return {key: value for key, value in entry.items() if value is not None}


# YAML


def _lines(entry: Mapping[str, _Value], indent: int) -> Iterator[str]:
    margin = " " * indent
    for key, value in entry.items():
        match value:
            case Mapping():
                yield f"{margin}{key}:"
                yield from _lines(value, indent + 2)
            case _Paragraph():
                first, *rest = _paragraph(value.text, indent + 2, f"{margin}{key}: ")
                yield f"{margin}{key}: {first}"
                yield from rest
            case str() | int() | date() | _Words():
                yield f"{margin}{key}: {_scalar(value)}"
            case [] | ():
                yield f"{margin}{key}: []"
            case _:
                yield f"{margin}{key}:"
                for item in value:
                    # Every list but the short ones is one of entries: their first key stands behind the dash.
                    first, *rest = _lines(item, indent + 4)  # type: ignore[arg-type]  # see above
                    yield f"{margin}  - {first[indent + 4 :]}"
                    yield from rest


def _scalar(value: str | int | date | _Words) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case _Words():
            return f"[{', '.join(_scalar(str(word)) for word in value.words)}]"
        case _:
            return value if _is_plain(value) else _quoted(value)


def _paragraph(text: str, indent: int, before: str) -> list[str]:
    """Return `text` as lines, the first without its margin."""
    if _is_plain(text) and len(before) + len(text) <= WIDTH:
        return [text]
    margin = " " * indent
    if _may_stand_open(text):
        if "\n" in text:
            return ["|-", *(f"{margin}{line}" if line else "" for line in text.split("\n"))]
        return [">-", *(f"{margin}{line}" for line in _broken(text, WIDTH - indent))]
    return [
        line if index == 0 else f"{margin}{line}" for index, line in enumerate(_broken(_quoted(text), WIDTH - indent))
    ]


def _broken(text: str, width: int) -> Iterator[str]:
    """Yield `text` in lines of about `width` characters, broken only where reading puts one blank back."""
    start = end = 0
    for blank in _BREAK.finditer(text):
        if blank.start() - start > width and end > start:
            yield text[start:end]
            start = end + 1
        end = blank.start()
    if len(text) - start > width and end > start:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _is_plain(text: str) -> bool:
    """Return whether `text` may stand without quotes."""
    return (
        bool(text)
        and (text[0].isalnum() or text[0] in "“‘《（")
        and not re.search(r":(\s|$)|\s#|^\s|\s$", text)
        and not any(_is_unseen(character) for character in text)
        and is_text(text)
        and not reads_as_date(text)  # a name that looks like a date is no date
    )


def _may_stand_open(text: str) -> bool:
    """Return whether `text` may stand as an indented block, where quotes and escapes mean nothing."""
    lines = text.split("\n")
    return (
        bool(lines[0] and lines[-1])
        and all(line == line.strip(" ") for line in lines)
        and not any(_is_unseen(character) for line in lines for character in line)
    )


def _is_unseen(character: str) -> bool:
    return character != " " and unicodedata.category(character) in _UNSEEN


def _quoted(text: str) -> str:
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if not _is_unseen(character):
        return character
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004 -- what two hexadecimal digits can say
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 -- four digits
