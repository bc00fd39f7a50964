"""What changed in a whole text between two readings of it, and what a side agreed to last."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.bilingual import Bilingual
from workflow.domain.changes import AGREEMENT, Agreed, Change, Compared, Listed, compare, counts, last_agreed
from workflow.domain.positions import PositionTaken, Stance

TEXT = Bilingual("Both sides should talk.", "双方应开展对话。")
OTHER = Bilingual("Both sides could talk.", "双方可以开展对话。")
HEAD, DRAFTER = uuid4(), uuid4()


def listed(key: str, **changes: object) -> Listed[str]:
    return Listed(**({"key": key, "text": TEXT} | changes))  # type: ignore[arg-type]  # as named


def changed(before: str, after: str) -> dict[str, tuple[Change, ...]]:
    """Compare two orders of paragraphs, a letter each; return what befell those that anything befell."""
    found = compare([listed(key) for key in before], [listed(key) for key in after])
    return {one.key: one.changes for one in found if one.changes}


orders = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(orders, orders)
def test_every_paragraph_of_either_reading_is_told_of_once(before: list[str], after: list[str]) -> None:
    found = compare([listed(key) for key in before], [listed(key) for key in after])

    assert sorted(one.key for one in found) == sorted({*before, *after})
    assert [one.key for one in found if one.after] == after
    assert {one.key for one in found if Change.ADDED in one.changes} == set(after) - set(before)
    assert {one.key for one in found if Change.GONE in one.changes} == set(before) - set(after)


@given(orders, orders)
def test_what_has_not_moved_keeps_its_order(before: list[str], after: list[str]) -> None:
    stayed = [one.key for one in compare([*map(listed, before)], [*map(listed, after)]) if not one.has_moved]

    kept = [key for key in after if key in stayed and key in before]
    assert kept == [key for key in before if key in kept]


@given(orders)
def test_between_a_text_and_itself_nothing_changes(order: list[str]) -> None:
    assert changed("".join(order), "".join(order)) == {}


@given(orders, st.data())
def test_one_paragraph_that_moves_is_the_most_that_counts_as_moved(order: list[str], data: st.DataObject) -> None:
    after = list(order)
    if after:
        taken = after.pop(data.draw(st.integers(0, len(after) - 1)))
        after.insert(data.draw(st.integers(0, len(after))), taken)

    assert len(changed("".join(order), "".join(after))) <= 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcde", "bcdea", {"a": (Change.MOVED,)}),
        ("abc", "axbc", {"x": (Change.ADDED,)}),
        ("abc", "ac", {"b": (Change.GONE,)}),
        ("", "a", {"a": (Change.ADDED,)}),
        ("a", "", {"a": (Change.GONE,)}),
    ],
)
def test_a_careful_secretary_would_say_the_same(
    before: str, after: str, expected: dict[str, tuple[Change, ...]]
) -> None:
    assert changed(before, after) == expected


def test_what_is_gone_is_told_where_it_stood() -> None:
    found = compare([listed(key) for key in "gahb"], [listed(key) for key in "ab"])

    assert [one.key for one in found] == ["g", "a", "h", "b"]


def test_another_text_another_depth_another_number_and_being_accepted_are_told_apart() -> None:
    before = [listed("a", number="1"), listed("b"), listed("c", number="4 bis"), listed("d", is_common=False)]
    after = [listed("a", number="1", text=OTHER), listed("b", depth=1), listed("c", number="5"), listed("d")]

    found = compare(before, after)

    assert [one.changes for one in found] == [
        (Change.REWORDED,),
        (Change.MOVED,),
        (Change.RENUMBERED,),
        (Change.BECAME_COMMON,),
    ]
    assert [one.reads_otherwise for one in found] == [True, True, False, True]


def test_changes_are_counted_in_their_order() -> None:
    before = [listed("a", number="1"), listed("b", number="2")]
    after = [listed("c"), listed("d"), listed("b", text=OTHER, number="1")]

    counted = counts(compare(before, after))

    assert list(counted.items()) == [(Change.ADDED, 2), (Change.GONE, 1), (Change.REWORDED, 1), (Change.RENUMBERED, 1)]


def test_the_last_that_is_known_of_a_paragraph_is_the_later_reading_else_the_earlier() -> None:
    old, new = listed("a"), listed("a", text=OTHER)

    assert Compared(key="a", before=old, after=new).last is new
    assert Compared(key="a", before=old, after=None).last is old
    with pytest.raises(LookupError):
        _ = Compared(key="a", before=None, after=None).last


def said(
    wording: int, stance: Stance, *, by: str = "US", member: UUID = HEAD, content_hash: str | None = None
) -> tuple[int, PositionTaken]:
    """A position on a wording; the text of each wording has a hash of its own unless one is given."""
    taken = PositionTaken(
        by=by,
        member=member,
        as_head=member == HEAD,
        for_head=False,
        stance=stance,
        content_hash=content_hash or f"text {wording}",
    )
    return wording, taken


def test_what_a_side_agreed_to_last_is_the_newest_text_its_head_agreed_to() -> None:
    record = [said(1, Stance.AGREE), said(2, Stance.AGREE_WITH_STATEMENT), said(3, Stance.RESERVE)]

    assert last_agreed(record, by="US") == Agreed(2, "text 2")
    assert last_agreed(record, by="CN") is None
    assert last_agreed([], by="US") is None


def test_what_was_taken_back_was_not_agreed_to() -> None:
    assert last_agreed([said(1, Stance.AGREE), said(2, Stance.AGREE), said(2, Stance.WITHDRAWN)], by="US") == Agreed(
        1, "text 1"
    )


def test_short_of_the_heads_word_nothing_is_final() -> None:
    record = [said(1, Stance.AGREE), said(2, Stance.AGREE, member=DRAFTER), said(3, Stance.AD_REFERENDUM)]

    assert last_agreed(record, by="US") == Agreed(1, "text 1")
    assert last_agreed(record[:2], by="US", stances=AGREEMENT) == Agreed(2, "text 2")
    assert last_agreed(record, by="US", stances=AGREEMENT) == Agreed(3, "text 3")


def test_of_two_texts_of_one_wording_the_one_spoken_of_last_counts() -> None:
    record = [said(1, Stance.AGREE), said(1, Stance.AGREE, content_hash="under another lead-in")]

    assert last_agreed(record, by="US") == Agreed(1, "under another lead-in")
