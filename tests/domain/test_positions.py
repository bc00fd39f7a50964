"""What a delegation's position is, from everything its members have said."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.positions import PositionInForce, PositionTaken, Stance, in_force

HEAD, OTHER_HEAD, DRAFTER = (UUID(int=number) for number in (1, 2, 3))
HEADS = {HEAD, OTHER_HEAD}


def says(member: UUID, stance: Stance, *, on: str = "now", by: str = "US", for_head: bool = False) -> PositionTaken:
    return PositionTaken(
        by=by, member=member, as_head=member in HEADS, for_head=for_head, stance=stance, content_hash=on
    )


def heads(stance: Stance) -> PositionInForce:
    return PositionInForce(stance=stance, by_head=True)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        pytest.param([], None, id="silence is no position"),
        pytest.param([says(HEAD, Stance.AGREE, on="before")], None, id="what was said of an earlier text has lapsed"),
        pytest.param([says(HEAD, Stance.AGREE, by="CN")], None, id="another side's word is not ours"),
        pytest.param([says(HEAD, Stance.AGREE)], heads(Stance.AGREE), id="a head's word"),
        pytest.param(
            [says(HEAD, Stance.AGREE), says(DRAFTER, Stance.RESERVE)],
            heads(Stance.AGREE),
            id="a head's word stands over a drafter's, whoever spoke last",
        ),
        pytest.param(
            [says(HEAD, Stance.AGREE), says(OTHER_HEAD, Stance.RESERVE)],
            heads(Stance.RESERVE),
            id="either head's reservation blocks",
        ),
        pytest.param(
            [says(HEAD, Stance.RESERVE), says(OTHER_HEAD, Stance.AGREE)],
            heads(Stance.RESERVE),
            id="and is not undone by the other head",
        ),
        pytest.param(
            [says(HEAD, Stance.RESERVE), says(OTHER_HEAD, Stance.AGREE), says(HEAD, Stance.WITHDRAWN)],
            heads(Stance.AGREE),
            id="until the head who reserved takes it back",
        ),
        pytest.param(
            [says(HEAD, Stance.AGREE), says(OTHER_HEAD, Stance.AD_REFERENDUM), says(HEAD, Stance.AGREE_WITH_STATEMENT)],
            heads(Stance.AGREE_WITH_STATEMENT),
            id="of two heads, whoever spoke last",
        ),
        pytest.param([says(HEAD, Stance.AGREE), says(HEAD, Stance.WITHDRAWN)], None, id="taken back is no position"),
        pytest.param(
            [says(HEAD, Stance.AGREE), says(HEAD, Stance.WITHDRAWN), says(DRAFTER, Stance.AD_REFERENDUM)],
            PositionInForce(stance=Stance.AD_REFERENDUM, by_head=False),
            id="after which a drafter can speak again",
        ),
        pytest.param(
            [says(DRAFTER, Stance.RESERVE), says(DRAFTER, Stance.WITHDRAWN)], None, id="a drafter takes back too"
        ),
        pytest.param(
            [says(DRAFTER, Stance.AGREE, for_head=True)],
            PositionInForce(stance=Stance.AD_REFERENDUM, by_head=False, awaits_head=True),
            id="what is recorded for a head is ad referendum until the head confirms",
        ),
        pytest.param(
            [says(DRAFTER, Stance.RESERVE, for_head=True)],
            PositionInForce(stance=Stance.RESERVE, by_head=False, awaits_head=True),
            id="a reservation recorded for a head reserves",
        ),
        pytest.param(
            [says(DRAFTER, Stance.AGREE, for_head=True), says(HEAD, Stance.AGREE)],
            heads(Stance.AGREE),
            id="and the head's word settles it",
        ),
    ],
)
def test_in_force(taken: list[PositionTaken], expected: PositionInForce | None) -> None:
    assert in_force(taken, by="US", on="now") == expected


TAKEN = st.builds(
    says,
    st.sampled_from([HEAD, OTHER_HEAD, DRAFTER]),
    st.sampled_from(Stance),
    on=st.sampled_from(["now", "before"]),
    by=st.sampled_from(["US", "CN"]),
)


@given(st.lists(TAKEN, max_size=8), st.lists(TAKEN, max_size=4))
def test_what_others_say_or_was_said_of_other_texts_changes_nothing(
    ours: list[PositionTaken], noise: list[PositionTaken]
) -> None:
    relevant = [one for one in ours if one.by == "US" and one.content_hash == "now"]
    irrelevant = [one for one in noise if one.by == "CN" or one.content_hash == "before"]

    assert in_force([*irrelevant, *ours], by="US", on="now") == in_force(relevant, by="US", on="now")


@given(st.lists(TAKEN, max_size=8))
def test_a_drafter_never_undoes_a_head(taken: list[PositionTaken]) -> None:
    before = in_force(taken, by="US", on="now")
    after = in_force([*taken, says(DRAFTER, Stance.RESERVE)], by="US", on="now")

    if before is not None and before.by_head:
        assert after == before
