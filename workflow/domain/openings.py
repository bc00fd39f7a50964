"""The opening paragraph of an agreement: what in it belongs to its session, as fields in braces.

Only the words that a session itself gives (its ordinal, dates, places, hosts) become
fields. A person sees which, fills them in, and changes the rest by hand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from workflow.domain.bilingual import NOTHING, Bilingual, Language

FIELDS: Final = ("ordinal", "dates", "place", "hosts")
"""What can stand in braces, in the order in which a page asks for it."""

_FIELD: Final = re.compile(r"\{([a-z]+)\}")
_ORDINALS_EN: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
)
_DIGITS_ZH: Final = "零一二三四五六七八九"
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A session, as far as an opening paragraph speaks of it."""

    ordinal: int
    days: tuple[date, date] | None
    """First and last; ``None`` where the sides' calendars do not give one answer, or none."""
    places: tuple[Bilingual, ...]
    hosts: tuple[Bilingual, ...]


def ordinal(number: int, language: Language) -> str:
    """Return `number` as an ordinal in words: "second", "第二"; in figures where words would be unusual."""
    if language is Language.EN:
        return _ORDINALS_EN[number - 1] if 0 < number <= len(_ORDINALS_EN) else f"{number}{_suffix(number)}"
    return f"第{_number_zh(number)}"


def dates(first: date, last: date, language: Language) -> str:
    """Return the days of a session as its agreement says them."""
    if language is Language.ZH:
        return _dates_zh(first, last)
    if first == last:
        return f"{_MONTHS[first.month - 1]} {first.day}, {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        joint = "and" if (last - first).days == 1 else "to"
        return f"{_MONTHS[first.month - 1]} {first.day} {joint} {last.day}, {first.year}"
    begin = f"{_MONTHS[first.month - 1]} {first.day}" + (f", {first.year}" if first.year != last.year else "")
    return f"{begin} to {_MONTHS[last.month - 1]} {last.day}, {last.year}"


def values(occasion: Occasion) -> Mapping[str, Bilingual]:
    """Return what stands for each field at `occasion`; an empty text where the session does not say."""
    return {
        "ordinal": Bilingual(*(ordinal(occasion.ordinal, language) for language in Language)),
        "dates": Bilingual(*(dates(*occasion.days, language) if occasion.days else "" for language in Language)),
        "place": _listed(occasion.places),
        "hosts": _listed(occasion.hosts),
    }


def with_fields(text: Bilingual, occasion: Occasion) -> Bilingual:
    """Return `text` with a field in place of every word that `occasion` gave it."""
    return Bilingual(*(_with_fields(text[language], occasion, language) for language in Language))


def fields_in(text: Bilingual) -> tuple[str, ...]:
    """Return the fields that stand in `text`, in the order in which a page asks for them."""
    found = {name for language in Language for name in _FIELD.findall(text[language])}
    return tuple(name for name in FIELDS if name in found)


def filled(text: Bilingual, given: Mapping[str, Bilingual]) -> Bilingual:
    """Return `text` with what is `given` in place of its fields; a field for which nothing is given stays."""
    return Bilingual(*(_filled(text[language], given, language) for language in Language))


def _filled(text: str, given: Mapping[str, Bilingual], language: Language) -> str:
    return _FIELD.sub(lambda found: given.get(found[1], NOTHING)[language] or found[0], text)


def _with_fields(text: str, occasion: Occasion, language: Language) -> str:
    for name, said in _said(occasion, language):
        if said and said in text:
            text = text.replace(said, f"{{{name}}}", 1)
    return text


def _said(occasion: Occasion, language: Language) -> list[tuple[str, str]]:
    """Return the ways in which a text may say what belongs to `occasion`, the longest of each first."""
    hosts = _listed(occasion.hosts)[language]
    found = [("hosts", hosts)]
    if language is Language.EN:
        found.append(("hosts", _english_list([f"the {one.en}" for one in occasion.hosts])))
        found.append(("hosts", _english_list([f"The {one.en}" for one in occasion.hosts])))
    found += [("place", one[language]) for one in occasion.places]
    if occasion.days:
        found.append(("dates", dates(*occasion.days, language)))
    found.append(("ordinal", ordinal(occasion.ordinal, language)))
    if language is Language.ZH and occasion.ordinal == 1:
        found.append(("ordinal", "首"))
    return sorted(found, key=lambda one: -len(one[1]))


def _listed(names: Sequence[Bilingual]) -> Bilingual:
    return Bilingual(_english_list([one.en for one in names]), _chinese_list([one.zh for one in names]))


def _english_list(names: Sequence[str]) -> str:
    if len(names) <= 2:  # noqa: PLR2004 -- a pair takes no comma
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _chinese_list(names: Sequence[str]) -> str:
    return "与".join(("、".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _suffix(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _number_zh(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:  # noqa: PLR2004 -- in figures, as Chinese texts do
        return str(number)
    if not tens:
        return _DIGITS_ZH[ones]
    return ("" if tens == 1 else _DIGITS_ZH[tens]) + "十" + (_DIGITS_ZH[ones] if ones else "")


def _dates_zh(first: date, last: date) -> str:
    begin = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.day}日"
    if (first.year, first.month) != (last.year, last.month):
        end = f"{last.month}月{end}"
    if first.year != last.year:
        end = f"{last.year}年{end}"
    return f"{begin}至{end}"
