"""The order of a text, and which lead-in governs what."""

from dataclasses import replace
from uuid import UUID

import pytest

from workflow.domain.order import Governor, Node, Place, governed_by, reading_order, turns
from workflow.domain.text import ParagraphKind

LEAD_IN, BULLET, HEADING, BELOW = (UUID(int=number) for number in range(1, 5))
SIDES = ("US", "CN")
STILL = Governor(wordings=1, turns=0, is_carried=False, regoverned=0)
NARRATIVE = ParagraphKind.NARRATIVE


def node(key: UUID, kind: ParagraphKind = NARRATIVE, *, is_common: bool = True) -> Node:
    return Node(key=key, kind=kind, is_common=is_common)


def governing(*top: Node, **under: Node) -> dict[UUID, UUID | None]:
    """Read a text of `top`, the keywords naming whose children their nodes are."""
    children = {None: top} | {globals()[key.upper()]: (one,) for key, one in under.items()}
    return {place.key: place.governing for place in reading_order(children)}


def test_a_lead_in_governs_what_stands_under_it_however_deep() -> None:
    found = reading_order(
        {None: [node(LEAD_IN, ParagraphKind.LEAD_IN)], LEAD_IN: [node(BULLET)], BULLET: [node(BELOW)]}
    )

    assert found == (
        Place(key=LEAD_IN, depth=0, governing=None),
        Place(key=BULLET, depth=1, governing=LEAD_IN),
        Place(key=BELOW, depth=2, governing=LEAD_IN),
    )


@pytest.mark.parametrize(
    ("between", "governs"),
    [
        pytest.param((), True, id="it governs the sections that follow"),
        pytest.param((node(BELOW),), False, id="until a paragraph that is no section"),
        pytest.param((node(BELOW, is_common=False),), True, id="which one side alone has tabled, and so ends nothing"),
    ],
)
def test_a_lead_in_with_nothing_under_it(between: tuple[Node, ...], *, governs: bool) -> None:
    opener = node(LEAD_IN, ParagraphKind.LEAD_IN)

    assert governing(opener, *between, node(HEADING, ParagraphKind.HEADING))[HEADING] == (LEAD_IN if governs else None)


@pytest.mark.parametrize("is_common", [True, False])
def test_what_one_side_tables_under_a_lead_in_takes_no_section_from_it(*, is_common: bool) -> None:
    found = governing(
        node(LEAD_IN, ParagraphKind.LEAD_IN),
        node(HEADING, ParagraphKind.HEADING),
        lead_in=node(BULLET, is_common=is_common),
    )

    assert found[HEADING] == (None if is_common else LEAD_IN)


def test_a_lead_in_that_is_only_tabled_governs_nothing() -> None:
    assert governing(node(LEAD_IN, ParagraphKind.LEAD_IN, is_common=False), lead_in=node(BULLET))[BULLET] is None


@pytest.mark.parametrize(
    "changed",
    [
        {LEAD_IN: replace(STILL, wordings=2)},
        {LEAD_IN: replace(STILL, turns=1, is_carried=True)},
        {LEAD_IN: replace(STILL, turns=2)},
        {LEAD_IN: replace(STILL, regoverned=1)},
        {BULLET: replace(STILL, regoverned=2)},
    ],
)
def test_whatever_becomes_of_a_lead_in_what_stands_under_it_is_held_under_another(
    changed: dict[UUID, Governor],
) -> None:
    order = reading_order({None: [node(LEAD_IN, ParagraphKind.LEAD_IN)], LEAD_IN: [node(BULLET)]})
    known = dict.fromkeys((LEAD_IN, BULLET), STILL)

    assert governed_by(order, known)[BULLET] != governed_by(order, known | changed)[BULLET]
    assert governed_by(order, known)[LEAD_IN] == ""


def test_what_is_carried_shields_what_stands_under_it_from_what_is_above() -> None:
    order = (
        Place(key=LEAD_IN, depth=0, governing=None),
        Place(key=HEADING, depth=1, governing=LEAD_IN),
        Place(key=BULLET, depth=2, governing=HEADING),
    )
    known = {LEAD_IN: STILL, HEADING: replace(STILL, turns=1, is_carried=True), BULLET: STILL}
    above = known | {LEAD_IN: replace(STILL, wordings=2)}

    assert governed_by(order, known)[BULLET] == governed_by(order, above)[BULLET]


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([], 0),
        ([("US", 1, True)], 0),
        ([("US", 1, True), ("CN", 1, True)], 1),
        ([("US", 1, True), ("CN", 1, True), ("CN", 1, False)], 2),
        ([("US", 1, True), ("CN", 2, True)], 0),
    ],
)
def test_a_turn_is_counted_when_all_carry_it_and_when_one_brings_it_back(
    voices: list[tuple[str, int, bool]], expected: int
) -> None:
    assert turns(voices, sides=SIDES) == expected
