"""Text cut into what a reader takes in at once: words, numbers, marks, blanks."""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

Words: TypeAlias = Callable[[str], list[str]]
"""Cuts a run of Han characters into words; joined, they are the run again."""

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK: Final = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_HYPHEN: Final = "'’\u2010\u2011\\-"
_TOKEN: Final = re.compile(
    rf"""
    [{_HAN}]+
    | (?:[A-Za-z][a-z]?\.){{2,}}                                    # U.S., e.g., Ph.D.
    | [0-9]+(?:[.,:/-][0-9]+)*(?:[%‰％]|[A-Za-z]+\b)?[{_MARK}]*      # 10%, 1,000, 2019-12, 5G
    | (?:[^\W0-9_{_HAN}][{_MARK}]*)+(?:[{_HYPHEN}](?:[^\W_{_HAN}][{_MARK}]*)+)*  # cross-border, China’s, COVID-19
    | \r\n
    | [\U0001f1e6-\U0001f1ff]{{2}}                                  # a flag
    | .[{_MARK}]*(?:\u200d.[{_MARK}]*)*                             # anything else: one visible sign
    """,
    re.VERBOSE | re.DOTALL,
)
_HAN_CHARACTER: Final = re.compile(f"[{_HAN}]")
_LATIN: Final = "\u3000"  # nothing before it is Han


def has_han(text: str) -> bool:
    """Whether there is a Han character in `text`."""
    return _HAN_CHARACTER.search(text) is not None


def keeping(terms: Iterable[str], words: Words) -> Words:
    """Return `words` that never cuts one of `terms`: one segmenter serves every dialogue, each with its own terms."""
    longest_first = sorted({term for term in terms if term}, key=lambda term: (-len(term), term))
    if not longest_first:
        return words
    term = re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")

    def cut(text: str) -> list[str]:
        pieces = term.split(text)
        return [word for i, piece in enumerate(pieces) if piece for word in ([piece] if i % 2 else words(piece))]

    return cut


def tokens(text: str, words: Words) -> list[str]:
    """Return `text` cut into words, marks and single blanks; joined, they are `text` again."""
    cut: list[str] = []
    for token in _TOKEN.findall(text):
        if len(token) > 1 and token[0] > _LATIN and _HAN_CHARACTER.match(token):
            cut += words(token)
        else:
            cut.append(token)
    return cut
