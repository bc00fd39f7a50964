"""Made-up dialogues for property tests: every kind of entry, and the texts that formats like to spoil."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from hypothesis import strategies as st

from workflow.dialogue_file import (
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
from workflow.dialogue_file.entries import ADDRESSEES, USUAL_LABEL_STYLE
from workflow.dialogue_file.fields import is_unprintable
from workflow.dialogue_file.reading import MAY_STAND_UNDER
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag

#: Pieces that mean something in YAML, or that editors and formats lose.
ODD_PIECES: Final = [
    *" \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}",
    *"\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}\N{VARIATION SELECTOR-16}",
    *"\ue000𠀀😀\U0003fffd",
    *"“”‘’\"'\\#:-?,[]{}&*!|>%@`~=<",
    *("  ", ": ", " #", " - ", "---", "...", "<<", "\\_", "\\n", '\\"', ">-", "|", "%YAML 1.1"),
    *("no", "Yes", "null", "~", "1", "0x1F", "1e3", "12:30", "2019-03-11", "0o7", ".5", "true", "NaN", ".inf", "y"),
    *("U.S.-China", "中美", "《通用数据保护条例》", "（GDPR）", "——", "……", "a", "long-arm jurisdiction ", "缩略语 "),
]
BREAKS: Final = ["\n", "\n\n", "\t", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"]

_character = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda character: not is_unprintable(character) and character not in BREAKS
)


def texts(longest: int, *, pieces: list[str]) -> st.SearchStrategy[str]:
    """Texts put together from odd pieces and any characters, never blank."""
    return (
        st.lists(st.sampled_from(pieces) | _character, min_size=1, max_size=60)
        .map("".join)
        .map(lambda text: text[:longest])
        .filter(lambda text: bool(text.strip()))
    )


lines = texts(200, pieces=ODD_PIECES)
paragraphs = texts(2000, pieces=ODD_PIECES + BREAKS) | texts(2000, pieces=["word ", "two  words ", "字", "，", "a\n"])
both = st.builds(Bilingual, lines, lines)
perhaps_in_chinese = st.builds(Bilingual, lines, lines | st.just(""))
names = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda name: len(name) <= 64) | st.sampled_from(
    ["no", "on", "1", "1e3", "null", "0x1f", "2019-03-11", "y"]
)
codes = st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True) | st.sampled_from(["NO", "US", "CN", "ON", "YES"])
separators = st.sampled_from(
    [" ", "\N{NO-BREAK SPACE} ", "  ", ", ", ": ", "\N{EM DASH}", " \N{NO-BREAK SPACE}", "#", "~"]
)
languages = st.lists(st.sampled_from(Language), min_size=1, unique=True).map(tuple)


def blocks(*, parent: ParagraphKind | None, sides: list[str], complete: bool, depth: int) -> st.SearchStrategy[Block]:
    """Paragraphs that may stand under `parent`."""

    @st.composite
    def one(draw: st.DrawFn) -> Block:
        allowed = MAY_STAND_UNDER[parent] if parent else frozenset(ParagraphKind) - {ParagraphKind.TITLE}
        kind = draw(st.sampled_from(sorted(allowed)))
        children: tuple[Block, ...] = ()
        if depth and MAY_STAND_UNDER[kind]:
            below = blocks(parent=kind, sides=sides, complete=complete, depth=depth - 1)
            children = tuple(draw(st.lists(below, max_size=3)))
        en, zh = draw(paragraphs), draw(paragraphs)
        pending = None if complete else draw(st.sampled_from([None, *Language]))
        return Block(
            kind=kind,
            text=Bilingual(en="" if pending is Language.EN else en, zh="" if pending is Language.ZH else zh),
            label_style=draw(st.just(USUAL_LABEL_STYLE[kind]) | st.sampled_from(LabelStyle)),
            label=draw(st.none() | lines),
            tags=draw(st.frozensets(st.sampled_from(Tag))),
            speaker=draw(st.none() | st.sampled_from(sides)),
            addressee=draw(st.none() | st.sampled_from([*ADDRESSEES, *sides])),
            drafted_in=draw(st.sampled_from(Language)),
            working_title=draw(st.none() | both),
            children=children,
        )

    return one()


def keyed(block: Block, keys: Iterator[str | None]) -> Block:
    """`block`, it and all under it named by the next of `keys`, as long as there are any."""
    return replace(block, key=next(keys, None), children=tuple(keyed(child, keys) for child in block.children))


@st.composite
def agreements(draw: st.DrawFn, *, short_name: str, sides: list[str]) -> AgreementEntry:
    """Agreements, recorded and negotiated, empty and full."""
    kind = draw(st.sampled_from(AgreementKind))
    authentic = draw(languages)
    text = blocks(parent=None, sides=sides, complete=kind is AgreementKind.RECORDED, depth=3)
    keys = iter(draw(st.lists(st.none() | names, unique_by=lambda key: key or object())))
    return AgreementEntry(
        short_name=short_name,
        name=draw(both),
        kind=kind,
        authentic=authentic,
        unofficial=tuple(language for language in Language if language not in authentic and draw(st.booleans())),
        source=draw(st.none() | both),
        text=tuple(keyed(block, keys) for block in draw(st.lists(text, max_size=4))),
    )


@st.composite
def sessions(
    draw: st.DrawFn, *, ordinal: int, short_name: str, sides: list[str], persons: tuple[PersonEntry, ...]
) -> SessionEntry:
    """Sessions of the given sides and persons."""
    present = list(draw(st.permutations(persons)))
    lists = []
    for side in draw(st.lists(st.sampled_from(sides), unique=True)):
        count = draw(st.integers(0, min(3, len(present))))
        theirs, present = present[:count], present[count:]
        lists.append(
            ParticipantListEntry(
                side=side, heading=draw(both), participants=tuple(map(draw, map(participants, theirs)))
            )
        )
    days = sorted(draw(st.tuples(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))))
    calendars = draw(st.lists(st.sampled_from([None, *sides]), unique=True))
    agreement = draw(st.none() | agreements(short_name=short_name, sides=sides))
    return SessionEntry(
        ordinal=ordinal,
        name=draw(both),
        exercise=draw(st.booleans()),
        off_the_record=draw(st.none() | both),
        places=tuple(Place(name=name) for name in draw(st.lists(both, max_size=2))),
        dates=tuple(
            Dates(side=side, first=days[0], last=days[1], time_zone=draw(st.sampled_from(["UTC", "Asia/Shanghai"])))
            for side in calendars
        ),
        hosts=tuple(draw(st.lists(st.builds(Host, name=both, side=st.none() | st.sampled_from(sides)), max_size=2))),
        note=draw(st.none() | both),
        participants=tuple(lists),
        agreement=agreement,
        agenda=tuple(
            block.key
            for block in (agreement.walk() if agreement else ())
            if block.key and Tag.AGENDA_ITEM in block.tags
        ),
    )


def participants(person: PersonEntry) -> st.SearchStrategy[ParticipantEntry]:
    """Lines of a list that show `person`."""
    return st.builds(
        ParticipantEntry,
        person=st.just(person.key),
        display_en=lines,
        display_zh=lines | st.just(""),
        title=perhaps_in_chinese,
        leader=st.booleans(),
        separator=separators,
    )


@st.composite
def dialogues(draw: st.DrawFn) -> DialogueFile:
    """Whole dialogues."""
    sides = draw(st.lists(codes, min_size=1, max_size=3, unique=True))
    keys = draw(st.lists(names, max_size=4, unique=True))
    persons = tuple(
        PersonEntry(key=key, name_en=draw(lines), name_zh=draw(lines | st.just("")), sort_key=draw(lines))
        for key in keys
    )
    short_names = draw(st.lists(names, max_size=3, unique=True))
    return DialogueFile(
        short_name=draw(names),
        name=draw(both),
        delegations=tuple(
            DelegationEntry(code=code, name=draw(both), adjective=draw(both), colour=number, named_first=draw(both))
            for number, code in enumerate(sides, 1)
        ),
        cover=tuple(draw(st.lists(st.just(Bilingual("{dialogue}, {dates}", "{dialogue}（{dates}）")), max_size=2))),
        file_name=draw(st.sampled_from(["", "{agreement}-{document}", "x-{rev}"])),
        terms=tuple(draw(st.lists(both, max_size=3, unique_by=lambda term: term.en.casefold()))),
        persons=persons,
        sessions=tuple(
            draw(sessions(ordinal=ordinal, short_name=short_name, sides=sides, persons=persons))
            for ordinal, short_name in enumerate(short_names, 1)
        ),
    )
