"""Outlines: drafts stand among what is tabled, are arranged, and come to stand as shown when they are tabled."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import common, drafted, refusals
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Draft, Membership
from workflow.services import amendments, drafting, drafts, hand_overs, outlines, tablings
from workflow.services.drafts import Place
from workflow.services.reading import read

HEADING = Place(kind=ParagraphKind.HEADING)


def begun(session: orm.Session, agreement: Agreement, by: Membership, name: str, place: Place | None = None) -> Draft:
    return drafted(session, agreement, by, Bilingual(name, f"{name}。"), place or Place())


def shown(session: orm.Session, agreement: Agreement, reader: Membership) -> list[str]:
    found = outlines.outline(session, agreement.id, reader.actor)
    return [f"{'  ' * one.depth}{one.text.en}" for one in found.entries]


def moved(session: orm.Session, draft: Draft, by: Membership, step: str) -> None:
    seen = outlines.outline(session, draft.agreement_id, by.actor).seen
    place = outlines.stepped(session, draft, step, by.actor)
    outlines.put(session, draft=draft, by=by, place=place, seen=seen)


def texts(session: orm.Session, agreement: Agreement) -> list[str]:
    session.flush()
    session.expire_all()
    return [f"{'  ' * one.depth}{one.paragraph.text.en}" for one in read(session, agreement.id).in_the_text]  # type: ignore[union-attr]  # all have one


def test_a_heading_and_what_belongs_under_it_are_prepared_and_tabled_together(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    by = cast.us_drafter
    common(session, agreement, cast, Bilingual("P", "段"))
    heading = begun(session, agreement, by, "H", HEADING)
    last = begun(session, agreement, by, "b", Place(parent_draft=heading.id))
    first = begun(session, agreement, by, "a", Place(parent_draft=heading.id, is_first=True))
    assert shown(session, agreement, by) == ["P", "H", "  a", "  b"]

    alone = lambda: amendments.table(session, draft=first, by=by, version=1)  # noqa: E731 -- one act
    assert refusals(alone) == (Refusal.STANDS_UNDER_A_DRAFT,)
    assert outlines.waits_for_its_parent(session, first, by.actor)
    chosen = {one.id: one.version for one in (last, first, heading)}
    tablings.table_together(session, agreement=agreement, by=by, chosen=chosen)

    assert texts(session, agreement) == ["P", "H", "  a", "  b"]


def test_steps_move_a_draft_up_down_in_and_out(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    by = cast.us_drafter
    common(session, agreement, cast, Bilingual("H", "题"), HEADING)
    one, two = (begun(session, agreement, by, name) for name in ("one", "two"))
    assert shown(session, agreement, by) == ["H", "one", "two"]

    moved(session, two, by, "up")
    assert shown(session, agreement, by) == ["H", "two", "one"]
    moved(session, two, by, "in")
    moved(session, one, by, "in")
    assert shown(session, agreement, by) == ["H", "  two", "  one"]
    moved(session, two, by, "down")
    assert shown(session, agreement, by) == ["H", "  one", "  two"]
    moved(session, two, by, "out")
    moved(session, two, by, "up")
    assert shown(session, agreement, by) == ["two", "H", "  one"]
    assert refusals(lambda: outlines.stepped(session, two, "up", by.actor)) == (Refusal.NO_SUCH_PLACE,)
    assert refusals(lambda: outlines.stepped(session, two, "sideways", by.actor)) == (Refusal.NO_SUCH_PLACE,)
    for draft in (two, one):
        amendments.table(session, draft=draft, by=by, version=1)
    assert texts(session, agreement) == ["two", "H", "  one"]


@given(steps=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["up", "down", "in", "out"])), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_arranged_is_tabled_as_shown(
    session: orm.Session, cast: Cast, agreement: Agreement, steps: list[tuple[int, str]]
) -> None:
    by = cast.us_drafter
    savepoint = session.begin_nested()
    common(session, agreement, cast, Bilingual("P", "段"))
    made = [begun(session, agreement, by, f"d{n}", HEADING if n % 2 else Place()) for n in range(5)]
    for which, step in steps:
        entries = outlines.outline(session, agreement.id, by.actor).entries
        here = next(one for one in entries if one.node is made[which])
        if {"up": here.up, "down": here.down, "in": here.inward, "out": here.outward}[step]:
            moved(session, made[which], by, step)
    arranged = shown(session, agreement, by)
    assert sorted(one.strip() for one in arranged) == ["P", "d0", "d1", "d2", "d3", "d4"]

    tablings.table_together(session, agreement=agreement, by=by, chosen={one.id: 1 for one in made})

    assert texts(session, agreement) == arranged
    savepoint.rollback()
    session.expire_all()


def test_what_a_draft_stood_after_may_be_put_away_or_tabled(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    by = cast.us_drafter
    p = common(session, agreement, cast, Bilingual("P", "段"))
    common(session, agreement, cast, Bilingual("Q", "段二"))
    a = begun(session, agreement, by, "a", Place(after=p.id))
    b = begun(session, agreement, by, "b", Place(after_draft=a.id))
    heading = begun(session, agreement, by, "H", HEADING)
    c = begun(session, agreement, by, "c", Place(parent_draft=heading.id))
    assert shown(session, agreement, by) == ["P", "a", "b", "Q", "H", "  c"]

    drafts.discard(session, draft=a, by=by)
    drafts.discard(session, draft=heading, by=by)
    assert shown(session, agreement, by) == ["P", "b", "Q", "c"]
    for draft in (b, c):
        amendments.table(session, draft=draft, by=by, version=1)
    assert texts(session, agreement) == ["P", "b", "Q", "c"]


def test_colleagues_see_shared_drafts_in_place_and_others_none(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    p = common(session, agreement, cast, Bilingual("P", "段"))
    private = begun(session, agreement, cast.us_drafter, "private", Place(after=p.id))
    shared = begun(session, agreement, cast.us_drafter, "shared", Place(after_draft=private.id))
    drafts.share(session, draft=shared, by=cast.us_drafter)

    assert shown(session, agreement, cast.us_drafter) == ["P", "private", "shared"]
    assert shown(session, agreement, cast.us_head) == ["P", "shared"]
    for other in (cast.cn_drafter, cast.secretariat, cast.observer):
        assert shown(session, agreement, other) == ["P"]
    hidden = lambda: begun(session, agreement, cast.us_head, "x", Place(after_draft=private.id))  # noqa: E731 -- one act
    assert refusals(hidden) == (Refusal.TEXT_HAS_CHANGED,)


def test_what_is_shared_stands_under_nothing_private(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    by = cast.us_drafter
    heading = begun(session, agreement, by, "H", HEADING)
    first = begun(session, agreement, by, "a", Place(parent_draft=heading.id))
    after = begun(session, agreement, by, "b", Place(after_draft=first.id))
    for draft in (first, after):
        refused = lambda draft=draft: drafts.share(session, draft=draft, by=by)  # noqa: E731 -- one act for each
        assert refusals(refused) == (Refusal.STANDS_UNDER_A_PRIVATE_DRAFT,)
        assert drafting.page(session, draft, by.actor).sharing == (Refusal.STANDS_UNDER_A_PRIVATE_DRAFT,)
    asked = lambda: hand_overs.ask(session, draft=after, by=by, colleague=cast.us_head, request="?")  # noqa: E731 -- one act
    assert refusals(asked) == (Refusal.STANDS_UNDER_A_PRIVATE_DRAFT,)
    assert not after.is_shared

    moved(session, after, by, "out")
    drafts.share(session, draft=after, by=by)
    found = outlines.outline(session, agreement.id, by.actor)
    assert next(one for one in found.entries if one.node is after).inward is None
    assert [value for value, _, _ in found.places(after)] == ["first", f"after-draft:{heading.id}", "end"]
    for place in (Place(parent_draft=heading.id), Place(after_draft=first.id)):
        act = lambda place=place: outlines.put(session, draft=after, by=by, place=place, seen=found.seen)  # noqa: E731 -- one act for each
        assert refusals(act) == (Refusal.NO_SUCH_PLACE,)
    drafts.share(session, draft=heading, by=by)
    drafts.share(session, draft=first, by=by)
    moved(session, after, by, "in")
    assert shown(session, agreement, cast.us_head) == ["H", "  a", "  b"]


def test_one_shared_under_a_private_draft_before_that_was_refused_is_tabled_where_it_is_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    by, head = cast.us_drafter, cast.us_head
    p = common(session, agreement, cast, Bilingual("P", "段"), HEADING)
    heading = begun(session, agreement, by, "H", Place(parent=p.id, kind=ParagraphKind.HEADING))
    child = begun(session, agreement, by, "c", Place(parent_draft=heading.id))
    child.is_shared = True
    session.flush()

    assert drafting.page(session, child, by.actor).tabling == (Refusal.STANDS_UNDER_A_DRAFT,)
    assert shown(session, agreement, head) == ["P", "  c"]
    assert drafting.page(session, child, head.actor).tabling == ()
    amendments.table(session, draft=child, by=head, version=child.version)
    assert texts(session, agreement) == ["P", "  c"]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "under", "after", "up", "down", "in", "out", "share", "put away"]), st.integers(0, 20)
    ),
    min_size=6,
    max_size=18,
)


@given(acts=ACTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_done_to_a_private_draft_shows_in_a_colleagues_outline(
    session: orm.Session, cast: Cast, agreement: Agreement, acts: list[tuple[str, int]]
) -> None:
    by, head = cast.us_drafter, cast.us_head
    savepoint = session.begin_nested()
    common(session, agreement, cast, Bilingual("P", "段"), HEADING)
    made: list[Draft] = []
    for number, (act, which) in enumerate(acts):
        before = shown(session, agreement, head)
        there = [one for one in made if one.is_open]
        target = there[which % len(there)] if there else None
        private = target is None or not target.is_shared
        try:
            if act in {"begin", "under", "after"} or target is None:
                places = {"under": "parent_draft", "after": "after_draft"}
                key = {places[act]: target.id} if target and act in places else {}
                made.append(begun(session, agreement, by, f"d{number}", Place(kind=ParagraphKind.HEADING, **key)))  # type: ignore[arg-type]  # keys of drafts
                private = True
            elif act == "share":
                drafts.share(session, draft=target, by=by)
                private = False
            elif act == "put away":
                drafts.discard(session, draft=target, by=by)
            else:
                moved(session, target, by, act)
        except OutOfOrder:
            private = True
        if private:
            assert shown(session, agreement, head) == before
    there = [one for one in made if one.is_open and one.is_shared]
    event(f"{len(there)} shared, {sum(one.is_open and not one.is_shared for one in made)} private")
    arranged = shown(session, agreement, head)
    if there:
        tablings.table_together(session, agreement=agreement, by=head, chosen={one.id: one.version for one in there})
    assert texts(session, agreement) == arranged
    savepoint.rollback()
    session.expire_all()


def test_a_draft_goes_only_where_it_can_stand_in_the_order_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    by = cast.us_drafter
    p = common(session, agreement, cast, Bilingual("P", "段"))
    heading = begun(session, agreement, by, "H", HEADING)
    inner = begun(session, agreement, by, "c", Place(parent_draft=heading.id, kind=ParagraphKind.HEADING))
    found = outlines.outline(session, agreement.id, by.actor)

    for place in (
        Place(parent=p.id),
        Place(after=uuid4()),
        Place(parent_draft=heading.id),
        Place(parent_draft=inner.id),
        Place(after_draft=inner.id),
    ):
        act = lambda place=place: outlines.put(session, draft=heading, by=by, place=place, seen=found.seen)  # noqa: E731 -- one act for each
        assert refusals(act) == (Refusal.NO_SUCH_PLACE,)
    stale = lambda: outlines.put(session, draft=heading, by=by, place=Place(is_first=True), seen="")  # noqa: E731 -- one act
    assert refusals(stale) == (Refusal.TEXT_HAS_CHANGED,)
    drafts.discard(session, draft=inner, by=by)
    closed = lambda: outlines.put(session, draft=inner, by=by, place=Place(), seen=found.seen)  # noqa: E731 -- one act
    assert refusals(closed) == (Refusal.DRAFT_IS_CLOSED,)


def test_places_offered_leave_out_the_draft_itself_and_what_stands_under_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    by = cast.us_drafter
    p = common(session, agreement, cast, Bilingual("P", "段"))
    heading = begun(session, agreement, by, "H", HEADING)
    begun(session, agreement, by, "c", Place(parent_draft=heading.id))
    found = outlines.outline(session, agreement.id, by.actor)

    assert [value for value, _, _ in found.places(heading)] == ["first", f"after:{p.id}", "end"]
    assert len(found.places()) == 7, "of the heading: first under it, last under it, after it"
    assert {entry.node.id for entry, _ in found.movable(cast.us_translator.actor)} == set()
    assert len(found.movable(by.actor)) == 3


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_circle_of_drafts_is_shown_at_the_end(
    session: orm.Session, cast: Cast, agreement: Agreement, *, is_shared: bool
) -> None:
    by = cast.us_drafter
    a, b = (begun(session, agreement, by, name) for name in "ab")
    a.after_draft_id, b.after_draft_id, a.is_shared = b.id, a.id, is_shared
    session.flush()

    assert sorted(shown(session, agreement, by)) == ["a", "b"]
