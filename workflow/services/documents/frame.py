"""What stands around every document: cover, notices, the marks of its pages, what it is called."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

import exports
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import Stage
from workflow.models import Agreement, Delegation, SessionDates
from workflow.services.documents.choices import DocumentKind, Making
from workflow.services.documents.words import EXERCISE, TITLES, UNOFFICIAL_ZH, pair
from workflow.services.reading import Reading

#: Each delegation's own edition names it first; so does the language that comes first in it.
LANGUAGE_OF: Final[Mapping[str, Language]] = {"CN": Language.ZH}

#: The cover where the dialogue says nothing else. Fields stand in braces.
COVER: Final = Bilingual("{dialogue}\n{agreement}", "{dialogue}\n{agreement}")


def frame(reading: Reading, making: Making) -> dict[str, Any]:
    """Return what every description of a document of `reading` takes, by the name of its field.

    Raises:
        ValueError: If there is no delegation of the edition asked for.

    """
    agreement = reading.agreement
    edition = edition_of(agreement, making.edition)
    title = TITLES[making.kind]
    cover = [*_cover(agreement, edition), *([title] if title.en else [])]
    name = exports.Pair(*(_joined(agreement.name[one], title[exports.Language(one)]) for one in Language))
    return {
        "name": in_edition(name, agreement, edition),
        "as_of": reading.as_of,
        "cover": tuple(cover),
        "notices": _notices(agreement, making.languages or tuple(Language)),
        "draft_mark": draft_mark(reading) if making.kind is not DocumentKind.PARTICIPANTS else None,
        "owner_mark": _owner_mark(agreement, making.own),
        "edition": exports.Language(LANGUAGE_OF.get(making.edition or "", Language.EN)),
        "paper": exports.Paper(making.paper),
        "house": exports.House(making.house),
    }


def edition_of(agreement: Agreement, code: str | None) -> Delegation | None:
    """Return the delegation whose edition is asked for; ``None`` for the recorded order.

    Raises:
        ValueError: If there is none with that `code`.

    """
    if code is None:
        return None
    found = next((one for one in agreement.dialogue.delegations if one.code == code), None)
    if found is None:
        message = f"no delegation {code!r}; there are: {', '.join(agreement.dialogue.sides)}"
        raise ValueError(message)
    return found


def in_edition(title: exports.Pair, agreement: Agreement, edition: Delegation | None) -> exports.Pair:
    """Return `title` with both sides named as `edition` names them: "China-U.S." where another says "U.S.-China".

    For titles and headings around the text only: what was agreed is never touched.
    """
    if edition is None:
        return title
    en, zh = title.en, title.zh
    own = edition.named_first
    for other in agreement.dialogue.delegations:
        if other is not edition and not other.named_first.is_empty and not own.is_empty:
            en, zh = en.replace(other.named_first.en, own.en), zh.replace(other.named_first.zh, own.zh)
    return exports.Pair(en, zh)


def draft_mark(reading: Reading) -> exports.Pair | None:
    """Return what marks each page of a text that is not adopted: its Rev., and whether it has moved on since."""
    if reading.stage is not Stage.NEGOTIATION:
        return None
    if reading.rev is None:
        return exports.Pair("DRAFT, before Rev.1", "草案（Rev.1印发前）")
    if reading.has_changed_since_rev:
        return exports.Pair(f"DRAFT, text after Rev.{reading.rev}", f"草案（Rev.{reading.rev}印发后的文本）")
    return draft_mark_of(reading.rev)


def draft_mark_of(rev: int) -> exports.Pair:
    """Return what marks each page of a text exactly as Rev. `rev` issued it."""
    return exports.Pair(f"DRAFT Rev.{rev}", f"草案 Rev.{rev}")


def language_of(making: Making) -> Language:
    """Return the language that comes first in the document, and alone where the layout has one only."""
    return making.languages[0] if making.languages else LANGUAGE_OF.get(making.edition or "", Language.EN)


def file_name(reading: Reading, making: Making) -> str:
    """Return what the file of a document is called, as the dialogue wants it called."""
    agreement = reading.agreement
    names = {
        "agreement": agreement.short_name,
        "dialogue": agreement.dialogue.short_name,
        "session": str(agreement.session.ordinal),
        "rev": f"rev{reading.rev}" if reading.rev and reading.stage is Stage.NEGOTIATION else "",
    }
    return making.file_name(names, agreement.dialogue.file_name)


def lists_in_order(reading: Reading, edition: str | None) -> tuple[exports.ParticipantList, ...]:
    """Return the participant lists that have anybody on them, that of `edition` first."""
    lists = sorted(reading.agreement.session.participant_lists, key=lambda one: one.delegation.code != edition)
    return tuple(
        exports.ParticipantList(
            heading=pair(listed.heading),
            participants=tuple(
                exports.Participant(
                    name=exports.Pair(one.display.en, one.display.zh or one.display.en),
                    separator=exports.Pair(one.separator, "　"),
                    title=pair(one.title),
                )
                for one in listed.participations
            ),
        )
        for listed in lists
        if listed.participations
    )


def sides_in_order(agreement: Agreement, edition: str | None) -> tuple[Delegation, ...]:
    """Return the delegations, that of `edition` first, the others in their fixed order (30)."""
    return tuple(sorted(agreement.dialogue.delegations, key=lambda one: one.code != edition))


def days(dates: Iterable[SessionDates]) -> Bilingual:
    """Return when a session is held, in words: the dates of both sides, or of each where they differ."""
    spans = list(dict.fromkeys((one.first_day, one.last_day) for one in dates))
    return Bilingual("; ".join(_english(*span) for span in spans), "；".join(_chinese(*span) for span in spans))


def _english(first: date, last: date) -> str:
    if first == last:
        return f"{first:%B} {first.day}, {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.day}–{last.day}, {first.year}"
    return f"{_english(first, first)} – {_english(last, last)}"


def _chinese(first: date, last: date) -> str:
    """Return the span as official documents write it: 2019年12月9日至10日."""
    begun = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begun
    if first.year != last.year:
        return f"{begun}至{last.year}年{last.month}月{last.day}日"
    return f"{begun}至{f'{last.month}月' if first.month != last.month else ''}{last.day}日"


def _cover(agreement: Agreement, edition: Delegation | None) -> list[exports.Pair]:
    meeting = agreement.session
    said = {
        "dialogue": agreement.dialogue.name,
        "agreement": agreement.name,
        "session": meeting.name,
        "dates": days(meeting.dates),
        "places": _listed(place.name for place in meeting.places),
        "hosts": _listed(host.name for host in meeting.hosts),
    }
    pattern = COVER if agreement.dialogue.cover.is_empty else agreement.dialogue.cover
    lines = {
        language: pattern[language].format_map({field: text[language] for field, text in said.items()}).split("\n")
        for language in Language
    }
    return [
        in_edition(exports.Pair(en.strip(), zh.strip()), agreement, edition)
        for en, zh in zip(lines[Language.EN], lines[Language.ZH], strict=True)
        if en.strip()
    ]


def _listed(names: Iterable[Bilingual]) -> Bilingual:
    found = list(names)
    return Bilingual(", ".join(one.en for one in found), "、".join(one.zh for one in found))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _owner_mark(agreement: Agreement, own: str | None) -> exports.Pair | None:
    if own is None:
        return None
    side = edition_of(agreement, own)
    assert side is not None  # noqa: S101 -- named, and found
    return exports.Pair(f"Internal to the {side.name.en}: not to be passed on", f"{side.name.zh}内部文件，不得外传")


def _notices(agreement: Agreement, languages: Collection[Language]) -> tuple[exports.Notice, ...]:
    """Return what every reader must know; of a language that is not in the document there is nothing to say."""
    notices = [EXERCISE] if agreement.session.is_exercise else []
    is_unofficial = Language.ZH in agreement.unofficial and Language.ZH in languages
    return (*notices, *([UNOFFICIAL_ZH] if is_unofficial else []))
