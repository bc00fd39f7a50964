"""A sample of what can be combined that has every pair of choices in it."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias, TypeVar

_Chosen = TypeVar("_Chosen", bound=tuple[Hashable, ...])
_Pair: TypeAlias = tuple[tuple[int, Hashable], tuple[int, Hashable]]


def pairwise(possible: Sequence[_Chosen]) -> Iterator[_Chosen]:
    """Yield of the combinations in `possible`, each as long as the others, so many that each pair occurs that can.

    The next is always the first of those that have most pairs that none had before.
    """
    pairs = {one: _pairs(one) for one in possible}
    wanted = set().union(*pairs.values())
    while wanted:
        best = max(possible, key=lambda one: len(pairs[one] & wanted))
        yield best
        wanted -= pairs[best]


def _pairs(chosen: tuple[Hashable, ...]) -> set[_Pair]:
    return set(combinations(enumerate(chosen), 2))
