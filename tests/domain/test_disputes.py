"""Places in dispute: what overlaps or touches in either language is one, however far that leads."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.domain.bilingual import Language
from workflow.domain.disputes import Asked, Place, places
from workflow.domain.points import Change, Point

US, CN = frozenset({"US"}), frozenset({"CN"})


def changing(*stretches: tuple[int, int]) -> tuple[Change, ...]:
    return tuple(Change(low, high, "x") for low, high in stretches)


def english(by: frozenset[str], *stretches: tuple[int, int]) -> Asked:
    return Asked(by, Point(en=changing(*stretches)))


def meets(one: Place, other: Place) -> bool:
    return any(
        (a := one.reach(language)) is not None
        and (b := other.reach(language)) is not None
        and a[0] <= b[1]
        and b[0] <= a[1]
        for language in Language
    )


def joined_one_by_one(asked: list[Asked]) -> set[frozenset[Asked]]:
    """Join any two that meet, until no two do: slow, and plainly right."""
    found = [Place((one,)) for one in asked]
    while pair := next(((a, b) for i, a in enumerate(found) for b in found[:i] if meets(a, b)), None):
        found = [one for one in found if one not in pair]
        found.append(Place((*pair[0].asked, *pair[1].asked)))
    return {frozenset(one.asked) for one in found}


STRETCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=2).map(
    lambda found: changing(*sorted((low, low + size) for low, size in found))
)
ASKED = st.lists(
    st.builds(Asked, st.sampled_from([US, CN]), st.builds(Point, STRETCHES, STRETCHES)), max_size=14, unique=True
)


@given(ASKED)
@settings(max_examples=500, deadline=None)
def test_no_two_places_meet_and_none_is_larger_than_it_must_be(asked: list[Asked]) -> None:
    found = places(asked)

    assert {frozenset(one.asked) for one in found} == joined_one_by_one(asked)


def test_places_stand_in_the_order_of_the_text() -> None:
    found = places([english(US, (9, 10)), english(CN, (0, 2)), english(US, (4, 5))])

    assert [one.reach(Language.EN) for one in found] == [(0, 2), (4, 5), (9, 10)]


def test_changes_that_only_touch_are_one_place() -> None:
    assert len(places([english(US, (0, 2)), english(CN, (2, 4))])) == 1
    assert len(places([english(US, (0, 2)), english(CN, (3, 4))])) == 2


def test_what_a_place_reaches_over_belongs_to_it() -> None:
    """A point with two changes far apart holds everything between them, once it is joined to anything."""
    found = places([english(US, (0, 1), (20, 21)), english(CN, (5, 6)), english(CN, (30, 31))])

    assert [len(one.asked) for one in found] == [2, 1]


def test_a_zigzag_between_the_languages_is_one_place() -> None:
    """Each point is paired with the one before it in one language only: joining goes from one to the other and back."""
    asked = [
        Asked(
            US if number % 2 else CN,
            Point(
                en=changing((at := 10 * ((number + 1) // 2), at + 1)), zh=changing((at := 10 * (number // 2), at + 1))
            ),
        )
        for number in range(2_000)
    ]

    (found,) = places(asked)

    assert len(found.asked) == 2_000
