"""Text cut into what a reader takes in at once: words, numbers, marks, blanks."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK: Final = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_HYPHEN: Final = "'’\u2010\u2011\\-"
_TOKEN: Final = re.compile(
    rf"""
    [{_HAN}]+
    | (?:[A-Za-z][a-z]?\.){{2,}}                                    # U.S., e.g., Ph.D.
    | [0-9]+(?:[.,:/-][0-9]+)*(?:[%‰％]|[A-Za-z]+(?![^\W_{_HAN}]))?[{_MARK}]*  # 10%, 1,000, 2019-12, 5G
    | (?:[^\W0-9_{_HAN}][{_MARK}]*)+(?:[{_HYPHEN}](?:[^\W_{_HAN}][{_MARK}]*)+)*  # cross-border, China’s, COVID-19
    | \r\n
    | [\U0001f1e6-\U0001f1ff]{{2}}                                  # a flag
    | .[{_MARK}]*(?:\u200d.[{_MARK}]*)*                             # anything else: one visible sign
    """,
    re.VERBOSE | re.DOTALL,
)
_LETTER: Final = re.compile(rf"[^\W_{_HAN}]")  # or figure, and not Han
_HAN_CHARACTER: Final = re.compile(f"[{_HAN}]")
_LATIN: Final = "\u3000"  # nothing before it is Han


def has_han(text: str) -> bool:
    """Whether there is a Han character in `text`."""
    return _HAN_CHARACTER.search(text) is not None


def beginning(text: str, most: int) -> str:
    """Return `text`, or where it is longer than `most` characters its beginning, cut short as its script does it.

    English ends with a whole word and "…", Chinese with any character and "……".
    """
    if len(text) <= most:
        return text
    kept = text[:most]
    if has_han(kept):
        return f"{kept}……"
    words, blank, _ = kept.rpartition(" ")
    return f"{words if blank else kept}…"


@dataclass(frozen=True)
class Words:
    """How text is cut into words: Han characters by `han`, and never within one of `terms`."""

    han: Callable[[str], list[str]]
    """Cuts a run of Han characters; joined, the words are the run again."""
    terms: frozenset[str] = frozenset()

    def __call__(self, text: str) -> list[str]:
        """Return `text`, a run of Han characters, cut into words."""
        return [word for piece, is_term in self.parted(text) for word in ([piece] if is_term else self.han(piece))]

    def parted(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield `text` in pieces, none empty, and whether each is a term; joined, they are `text` again."""
        pieces = self._pattern.split(text) if self.terms else [text]
        return ((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.terms, key=lambda term: (-len(term), term))
        return re.compile(f"({'|'.join(map(_bounded, longest_first))})")


def _bounded(term: str) -> str:
    """Return the pattern for `term` on its own: AI is no term within MAIN, nor part of a letter with an accent."""
    before = f"(?<![^\\W_{_HAN}])" if _LETTER.match(term[0]) else ""
    after = f"(?![^\\W_{_HAN}])" if _LETTER.match(term[-1]) else ""
    return f"{before}{re.escape(term)}{after}(?![{_MARK}])"


def keeping(terms: Iterable[str], words: Words) -> Words:
    """Return `words` that never cuts one of `terms`: one segmenter serves every dialogue, each with its own terms."""
    kept = words.terms.union(term for term in terms if term)
    return words if kept == words.terms else Words(words.han, kept)


def tokens(text: str, words: Words) -> list[str]:
    """Return `text` cut into terms, words, marks and single blanks; joined, they are `text` again.

    Terms come first: 5G网络 and 《数据安全法》 are one word each, although no segmenter sees them whole.
    """
    cut: list[str] = []
    for piece, is_term in words.parted(text):
        if is_term:
            cut.append(piece)
            continue
        for token in _TOKEN.findall(piece):
            if len(token) > 1 and token[0] > _LATIN and _HAN_CHARACTER.match(token):
                cut += words.han(token)
            else:
                cut.append(token)
    return cut
