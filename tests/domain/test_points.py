"""Points: nothing that an author changed is lost, however it is grouped, taken or carried over."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.wordings import BILINGUALS, WORDS, points_of, rewritten
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.points import (
    Change,
    Point,
    applied,
    arranged,
    carried,
    deletion,
    grouped,
    joined,
    parted,
    rest_of,
    restored,
    stored,
    whole,
)

BASE = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")
MONTHLY = Bilingual("Both sides could meet every month.", "双方可以每月会晤。")
SHOULD = Bilingual("Both sides should meet every year.", "双方应当每年会晤。")


@given(st.data(), BILINGUALS)
@settings(max_examples=300, deadline=None)
def test_all_points_together_are_the_text_however_they_are_grouped(data: st.DataObject, base: Bilingual) -> None:
    text = data.draw(rewritten(base))
    points = data.draw(points_of(base, text))

    assert applied(base, points) == text
    assert joined(points) == joined(whole(base, text, WORDS))
    assert joined(one for point in points for one in parted(point)) == joined(points)
    assert tuple(restored(stored(point)) for point in points) == points


@given(st.data(), BILINGUALS)
@settings(max_examples=300, deadline=None)
def test_some_points_and_then_the_rest_are_the_whole(data: st.DataObject, base: Bilingual) -> None:
    text = data.draw(rewritten(base))
    points = data.draw(points_of(base, text))
    taken = [point for point in points if data.draw(st.booleans())]

    assert applied(applied(base, taken), rest_of(points, taken)) == text


@given(st.data(), BILINGUALS)
@settings(max_examples=300, deadline=None)
def test_carrying_over_drops_nothing_and_moves_what_nobody_else_touched(data: st.DataObject, base: Bilingual) -> None:
    text, current = data.draw(rewritten(base)), data.draw(rewritten(base))
    points = data.draw(points_of(base, text))

    found = carried(points, base=base, current=current, words=WORDS)

    assert len(found.points) + len(found.colliding) + len(found.taken_up) == len(points)
    assert set(found.colliding) | set(found.taken_up) <= set(points)
    unmoved = carried(points, base=base, current=base, words=WORDS)
    assert applied(base, unmoved.points) == text
    assert not carried(points, base=base, current=text, words=WORDS).points


def test_a_proposal_is_carried_over_a_change_elsewhere() -> None:
    found = carried(whole(BASE, SHOULD, WORDS), base=BASE, current=MONTHLY, words=WORDS)

    assert applied(MONTHLY, found.points) == Bilingual("Both sides should meet every month.", "双方应当每月会晤。")


def test_a_collision_in_either_language_is_a_collision_of_the_point() -> None:
    must = Bilingual("Both sides must meet every year.", BASE.zh)
    points = whole(BASE, SHOULD, WORDS)

    assert carried(points, base=BASE, current=must, words=WORDS).colliding == points


def test_a_language_not_written_yet_changes_nothing() -> None:
    assert whole(BASE, Bilingual(SHOULD.en, " "), WORDS)[0].touches == (Language.EN,)
    assert whole(BASE, BASE, WORDS) == ()


def test_what_is_written_on_joins_the_point_before_it() -> None:
    base = Bilingual("Both sides could meet every year.", "双方可以在两国首都会晤，每年一次。")
    both = Bilingual("Both sides should meet every month.", "双方应当在两国首都会晤，每月一次。")
    points = parted(whole(base, both, WORDS)[0])
    longer = Bilingual("In spring, both sides should meet every month.", "春季，双方应当在两国首都会晤，每月一次。")

    found = grouped(points, base, longer, WORDS)

    assert applied(base, found) == longer
    assert (len(points), len(found)) == (2, 2)
    assert found[1] == points[1]
    assert grouped(points, base, base, WORDS) == ()
    assert grouped((), base, both, WORDS) == whole(base, both, WORDS)


def test_a_change_stays_in_its_point_while_it_changes_the_same_words() -> None:
    base = Bilingual("Both sides could meet every year.", "")
    text = Bilingual("Both sides should meet every month.", "")
    first, second = parted(*whole(base, text, WORDS))
    groups = (second, first)  # as somebody put them: the month before the verb

    again = grouped(groups, base, Bilingual("Both sides shall meet each month, in May.", ""), WORDS)

    assert [[base.en[one.start : one.end] for one in point.en] for point in again] == [["every year"], ["could"]]
    assert applied(base, again).en == "Both sides shall meet each month, in May."


def test_a_point_parts_into_pairs_and_the_last_takes_what_is_left() -> None:
    one, two, three = Change(0, 1, "a"), Change(2, 3, "b"), Change(4, 5, "c")

    assert parted(Point((one, two, three), (one, two))) == (Point((one,), (one,)), Point((two, three), (two,)))
    assert parted(Point((one, two), ())) == (Point((one,)), Point((two,)))
    assert parted(Point()) == ()


def test_changes_go_to_the_points_they_are_placed_in() -> None:
    one, two = Change(0, 1, "a"), Change(2, 3, "b")
    everything = Point((one, two), (two,))

    assert arranged(everything, {Language.EN: [1, 7], Language.ZH: [7]}) == (Point((one,)), Point((two,), (two,)))


def test_a_deletion_strikes_out_what_is_there() -> None:
    assert applied(BASE, deletion(BASE)) == Bilingual("", "")
    assert deletion(Bilingual("text", ""))[0].touches == (Language.EN,)
