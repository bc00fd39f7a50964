"""Counterparts: which language was left behind is told from the states a draft went through."""

import pytest

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.counterparts import Saved, stale


def states(*texts: str) -> list[Saved]:
    """Return states written as ``en/zh``; with ``!`` at the end, the other language is said to stand."""
    return [Saved(text=Bilingual(*one.rstrip("!").split("/")), other_stands=one.endswith("!")) for one in texts]


@pytest.mark.parametrize(
    ("saved", "behind"),
    [
        ([], None),
        (["a/"], None),
        (["a/", "a/甲"], None),
        (["a/甲", "b/甲"], Language.ZH),
        (["a/甲", "a/乙"], Language.EN),
        (["a/甲", "b/甲", "b/乙"], None),
        (["a/甲", "b/甲", "a/甲"], None),
        (["a/甲", "b/甲!"], None),
        (["a/甲", "b/甲!", "b/乙"], Language.EN),
        (["a/甲", "b/甲", "b/"], None),
        (["a/甲", "b/甲", "b/", "b/甲"], Language.ZH),
        (["a/甲", "b/甲", "c/甲"], Language.ZH),
        (["a/甲", "b/乙", "c/乙"], Language.ZH),
    ],
)
def test_a_language_is_behind_until_both_stand_together(saved: list[str], behind: Language | None) -> None:
    assert stale(states(*saved)) is behind
