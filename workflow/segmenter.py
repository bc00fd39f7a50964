"""The one Chinese segmenter of a process.

Its dictionary takes 24 MiB and some 60 ms to load, so there is one for everybody, read
before the first request; what a dialogue calls its terms is kept whole on top of it.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import rjieba

from workflow.domain.words import Words, keeping

_WORD_LENGTH: Final = 2  # most Chinese words are two characters

#: Words of every text between two governments that the dictionary lacks, or holds for rare.
_WORDS_OF_THE_FIELD: Final = ("两国", "美中", "对等", "双边", "与会")
_FREQUENT: Final = 10_000  # as often as 双方, in the dictionary's count


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for word in _WORDS_OF_THE_FIELD:
        segmenter.add_word(word, _FREQUENT, "n")
    return segmenter


def load() -> None:
    """Have the dictionary in memory, so that no reader waits for it."""
    _segmenter()


def words_for(terms: Iterable[str] = ()) -> Words:
    """Return what cuts Chinese into words and never cuts one of `terms`."""
    return _words_for(frozenset(terms))


@lru_cache(maxsize=256)
def _words_for(terms: frozenset[str]) -> Words:
    return keeping(terms, Words(_cut))


def _cut(text: str) -> list[str]:
    # No guessing of unknown words: the guess for one word depends on its neighbours, and a
    # change would then be marked where nothing changed.
    found: list[str] = _segmenter().cut(text, False)  # noqa: FBT003 -- its only spelling
    return [word for longer in found for word in _words_in(longer)]


@lru_cache(maxsize=10_000)
def _words_in(found: str) -> tuple[str, ...]:
    """Cut 行业标准 into 行业 and 标准: the dictionary has compounds that a reader amends by halves."""
    if len(found) <= _WORD_LENGTH or len(found) % _WORD_LENGTH:
        return (found,)
    pieces = tuple(found[at : at + _WORD_LENGTH] for at in range(0, len(found), _WORD_LENGTH))
    return pieces if all(_segmenter().has_word(piece) for piece in pieces) else (found,)
