"""What the journal tells, told again from its entries alone."""

from collections.abc import Iterable
from uuid import UUID

from workflow.domain.positions import PositionInForce, Stance
from workflow.domain.replay import AgreementTold, Told, replay

TEXT, FIRST, SECOND, LEAD_IN = (UUID(int=number) for number in range(1, 5))
ADDED, CHANGE = UUID(int=11), UUID(int=12)
HEAD = UUID(int=21)
SIDES = ("US", "CN")


def told(entries: Iterable[Told]) -> AgreementTold:
    return replay(entries, sides=SIDES)[TEXT]


def entry(act: str, on: UUID | None = FIRST, /, by: str = "US", **said: str) -> Told:
    return Told(act=act, agreement=TEXT, paragraph=on, by=by, member=HEAD, said=said)


def tabled(paragraph: UUID, *, parent: UUID | None = None, after: UUID | None = None, kind: str = "narrative") -> Told:
    place = {"parent": str(parent or ""), "after": str(after or ""), "paragraph_kind": kind}
    return entry("addition_tabled", paragraph, amendment=str(ADDED), number="1", author="US", **place)


def made(paragraph: UUID = FIRST, *, deletes: str = "no", content: str = "hash") -> Told:
    return entry("wording_made", paragraph, hash=content, deletes=deletes)


def position(stance: Stance, governed_by: str = "", paragraph: UUID = FIRST) -> Told:
    return entry("position_taken", paragraph, stance=stance, as_head="yes", for_head="no", hash="hash", wording="1",
                 governed_by=governed_by)  # fmt: skip


def moved(paragraph: UUID, **place: UUID) -> Told:
    where = {"before": "", "parent": ""} | {name: str(key) for name, key in place.items()}
    return entry("motion_carried", paragraph, kind="move", **where)


def test_a_paragraph_stands_where_its_author_put_it_and_then_where_all_moved_it() -> None:
    entries = [tabled(LEAD_IN, kind="lead_in"), tabled(SECOND), tabled(FIRST, after=LEAD_IN)]
    assert [one.key for one in told(entries).order] == [LEAD_IN, FIRST, SECOND]

    entries += [moved(SECOND, before=FIRST)]
    assert [one.key for one in told(entries).order] == [LEAD_IN, SECOND, FIRST]

    entries += [made(LEAD_IN), moved(FIRST, parent=LEAD_IN)]
    assert [(one.key, one.governing) for one in told(entries).order] == [
        (LEAD_IN, None),
        (FIRST, LEAD_IN),
        (SECOND, None),
    ]
    assert told(entries).paragraphs[FIRST].regoverned == 1


def test_a_motion_that_moves_nothing_tells_nothing_of_the_order() -> None:
    entries = [tabled(FIRST), entry("motion_carried", kind="compromise"), entry("commented")]

    assert [one.key for one in told(entries).order] == [FIRST]


def test_an_amendment_is_live_with_its_answers_until_it_ends() -> None:
    amendment = {"amendment": str(CHANGE), "number": "2", "author": "CN"}
    entries = [
        tabled(FIRST),
        Told(act="amendment_tabled", agreement=TEXT, paragraph=FIRST, by="CN", said=amendment),
        entry("amendment_kept", as_head="yes", amendment=str(CHANGE)),
    ]
    assert told(entries).paragraphs[FIRST].live[CHANGE].answers == {"US": ("keeps", True)}

    entries += [entry("amendment_accepted_in_part", as_head="no", points="1 2", amendment=str(CHANGE))]
    assert told(entries).paragraphs[FIRST].live[CHANGE].answers == {"US": ("1 2", False)}

    entries += [entry("amendment_accepted", as_head="no", amendment=str(CHANGE))]
    assert told(entries).paragraphs[FIRST].live[CHANGE].answers == {"US": ("accepts", False)}

    entries += [entry("amendment_ended", amendment=str(CHANGE), outcome="accepted")]
    assert told(entries).paragraphs[FIRST].live.keys() == {ADDED}


def test_what_was_said_of_a_wording_counts_for_that_wording_alone() -> None:
    entries = [
        tabled(FIRST),
        made(),
        position(Stance.AGREE),
        entry("certified", hash="hash", wording="1", governed_by=""),
    ]
    one = told(entries).paragraphs[FIRST]
    assert one.positions(SIDES) == {"US": PositionInForce(stance=Stance.AGREE, by_head=True)}
    assert one.certified_by == {"US"}

    one = told([*entries, made(content="other"), made(deletes="yes")]).paragraphs[FIRST]
    assert (one.positions(SIDES), one.certified_by) == ({}, frozenset())
    assert one.wordings == [("hash", False), ("other", False), ("hash", True)]


def test_and_under_that_lead_in_alone() -> None:
    entries = [tabled(LEAD_IN, kind="lead_in"), made(LEAD_IN), tabled(FIRST, parent=LEAD_IN), made()]
    under = told(entries).paragraphs[FIRST].governed_by
    entries += [position(Stance.AGREE, governed_by=under)]
    assert told(entries).paragraphs[FIRST].positions(SIDES)

    assert not told([*entries, made(LEAD_IN, content="other"), made(LEAD_IN)]).paragraphs[FIRST].positions(SIDES)


def test_what_is_not_common_yet_is_held_by_nobody() -> None:
    assert told([tabled(FIRST)]).paragraphs[FIRST].positions(SIDES) == {}


def test_deferral_counts_for_the_wording_it_was_said_of() -> None:
    entries = [tabled(FIRST), *(entry("deferral_consented", by=side, wording="0") for side in SIDES)]
    assert told(entries).paragraphs[FIRST].deferred_by == {"US", "CN"}
    assert told([*entries, entry("deferral_revoked", wording="0")]).paragraphs[FIRST].deferred_by == {"CN"}
    assert told([*entries, made()]).paragraphs[FIRST].deferred_by == frozenset()


def test_revs_and_adoptions_are_told_and_any_change_makes_an_adoption_lapse() -> None:
    entries = [
        tabled(FIRST),
        entry("issued", None, rev="1", hash="rev one"),
        entry("adopted", None, listing="listing"),
    ]
    assert told(entries).revs == ["rev one"]
    assert told([*entries, position(Stance.AGREE)]).adopted_by == {"US": "listing"}
    assert told([*entries, position(Stance.RESERVE)]).adopted_by == {"US": ""}
