"""Numbers and dates as they are written in English and in Chinese, made comparable.

Good enough to ask a person "is this the same figure?", not to compute with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text."""

    text: str
    """As it is written."""
    value: Decimal
    is_percentage: bool
    is_plain: bool
    """Whether it is written so that the other language must have it too: in digits, or with
    a percentage or a scale. "Two sides" need not have a number in Chinese."""

    @property
    def size(self) -> tuple[Decimal, bool]:
        """What makes it the same number in either language."""
        return self.value, self.is_percentage


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says in numbers."""

    numbers: tuple[Figure, ...]
    dates: frozenset[tuple[str, int]]
    """Its years, months and days, e.g. ``("month", 12)``."""
    date_texts: tuple[str, ...]
    """The dates as they are written."""


_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 -- a list of words
)
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY: Final = r"\d{1,2}(?!\d)"
_DAYS: Final = rf"(?P<days>{_DAY}(?:(?:\s*[–—,-]\s*|,?\s+(?:and|to|through|or)\s+){_DAY})*)"
_ENGLISH_DATES: Final = (
    re.compile(rf"\b{_DAYS}\s+{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?\b"),
    re.compile(rf"\b{_MONTH}\s+{_DAYS}(?:,?\s+(?P<year>\d{{4}}))?\b"),
    re.compile(rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?!May\b){_MONTH}\b"),
)
_CHINESE_DATE: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*年)?(?:(?P<month>\d{1,2})\s*月份?)?(?:(?P<days>\d{1,2}\s*日?(?:\s*[至到—–、和-]+\s*\d{1,2})*)\s*日)?"
)
_YEAR: Final = re.compile(
    r"(?<![\w.,$¥€-])(?:19|20)\d{2}(?![\w%％]|[.,]\d|\s*(?:percent|per cent|[mbt]r?illion|thousand|hundred))"
)
_NUMBER: Final = re.compile(r"\d+")

_SMALL: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "  # noqa: SIM905 -- a list of words
        "seventeen eighteen nineteen twenty".split()
    )
}
_TENS: Final = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_OTHER: Final = {
    "both": 2,
    "pair": 2,
    "half": 2,
    "dozen": 12,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}
_WORDS: Final = _SMALL | _TENS | _OTHER
_SCALES: Final = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_DIGITS: Final = r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_UNDER_A_HUNDRED: Final = rf"(?:{'|'.join(_SMALL | _TENS)})(?:-(?:{'|'.join(_SMALL)}))?"
_REST: Final = rf"(?:(?:\s+and)?\s+(?P<rest>{_UNDER_A_HUNDRED})(?![A-Za-z-]))"
_ENGLISH: Final = re.compile(
    rf"(?<![\w.,])(?<![A-Za-z]-)(?:{_DIGITS}|(?P<words>(?:{'|'.join(_WORDS)}|an?(?=\s+(?:{'|'.join(_SCALES)})\b))(?:-(?:{'|'.join(_SMALL)}))?))"
    rf"(?![A-Za-z])(?:[\s-]+(?P<scale>{'|'.join(_SCALES)})\b{_REST}?)?(?P<percent>\s*[%％]|[\s-]+per\s?cent(?:age)?\b)?",
    re.IGNORECASE,
)
_NUMERALS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8}
_CHINESE: Final = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<fraction>百分之)?(?:{_DIGITS}\s*(?P<scale>[十百千万亿]+)?|(?P<numeral>[零〇一二两三四五六七八九十百千万亿]+))"
    r"(?![A-Za-z])(?P<percent>\s*[%％]|个百分点)?"
)


def english_figures(text: str) -> Figures:
    """Return the numbers and dates of an English text."""
    found, rest = _dates(text, _ENGLISH_DATES)
    return _figures(found, tuple(_english_numbers(rest)))


def chinese_figures(text: str) -> Figures:
    """Return the numbers and dates of a Chinese text."""
    found, rest = _dates(text, (_CHINESE_DATE,))
    return _figures(found, tuple(_chinese_numbers(rest)))


def _figures(found: list[tuple[str, frozenset[tuple[str, int]]]], numbers: tuple[Figure, ...]) -> Figures:
    return Figures(numbers, frozenset().union(*(parts for _, parts in found)), tuple(text for text, _ in found))


def _dates(
    text: str, patterns: tuple[re.Pattern[str], ...]
) -> tuple[list[tuple[str, frozenset[tuple[str, int]]]], str]:
    """Return the dates in `text` in order, and the text with their places blank."""
    found: list[tuple[int, str, frozenset[tuple[str, int]]]] = []
    for pattern in (*patterns, _YEAR):
        for match in pattern.finditer(text):
            if match[0]:
                found.append((match.start(), match[0].strip(), _parts(match)))
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return [(written, parts) for _, written, parts in sorted(found, key=lambda one: one[0])], text


def _parts(match: re.Match[str]) -> frozenset[tuple[str, int]]:
    named = match.groupdict()
    if not named:
        return frozenset({("year", int(match[0]))})
    month = named["month"]
    parts = {("day", int(day)) for day in _NUMBER.findall(named.get("days") or "")}
    if year := named.get("year"):
        parts.add(("year", int(year)))
    if month:
        parts.add(("month", int(month) if month.isdigit() else _MONTHS.index(month) + 1))
    return frozenset(parts)


def _english_numbers(text: str) -> Iterator[Figure]:
    for match in _ENGLISH.finditer(text):
        value = Decimal(match["digits"].replace(",", "")) if match["digits"] else _in_words(match["words"])
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
        rest = _in_words(match["rest"]) if match["rest"] else 0  # one hundred and twenty
        plain = bool(match["digits"] or match["scale"] or match["percent"])
        yield Figure(match[0].strip(), value * scale + rest, bool(match["percent"]), plain)


def _in_words(words: str) -> Decimal:
    """Return the value of an English number below a hundred in words: twenty-five; "a" is one."""
    return Decimal(sum(_WORDS.get(word, 1) for word in words.lower().split("-")))


def _chinese_numbers(text: str) -> Iterator[Figure]:
    for match in _CHINESE.finditer(text):
        percentage = bool(match["percent"] or match["fraction"])
        if match["digits"]:
            scale = prod((_UNITS | _MYRIADS)[unit] for unit in match["scale"] or "")
            yield Figure(match[0].strip(), Decimal(match["digits"].replace(",", "")) * scale, percentage, is_plain=True)
        else:
            numeral = match["numeral"]
            plain = percentage or (len(numeral) > 1 and numeral[-1] in _MYRIADS and numeral[0] in _NUMERALS)
            yield Figure(match[0].strip(), Decimal(_numeral(numeral)), percentage, plain)


def _numeral(numeral: str) -> int:
    """Return the value of a Chinese numeral: 二十五亿, 一万二千, 二〇一九."""
    if all(character in _NUMERALS for character in numeral):
        return int("".join(str(_NUMERALS[character]) for character in numeral))
    total = section = digit = 0
    for character in numeral:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        elif character in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[character], 0
        else:
            total, section, digit = (total + section + digit or 1) * _MYRIADS[character], 0, 0
    return total + section + digit
