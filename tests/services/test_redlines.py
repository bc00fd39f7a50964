"""Redlines: whose change it is, in which text, and that both texts can be read back from what is marked."""

from collections.abc import Iterable

import pytest
from sqlalchemy import orm

import exports
from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, accepted, amended, common, deferred, tabled
from tests.services.test_motions import put
from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import AmendmentKind
from workflow.models import Agreement, Membership, Paragraph
from workflow.services import amendments, deferrals, issues, motions, moves
from workflow.services.documents import DocumentKind, Making, WrongCombination, describe
from workflow.services.drafts import Place
from workflow.services.reading import read

EDITORIAL = Bilingual("Both governments should publish procurement rules", "两国政府应公布采购规则")


def redline(session: orm.Session, agreement: Agreement, **chosen: object) -> exports.TextDocument:
    session.expire_all()
    making = Making(kind=DocumentKind.REDLINE, **chosen)  # type: ignore[arg-type]  # as each test says
    found = describe(session, read(session, agreement.id), making)
    assert isinstance(found, exports.TextDocument)
    return found


def issued(session: orm.Session, agreement: Agreement, cast: Cast) -> None:
    issues.issue(session, agreement=agreement, by=cast.secretariat)
    session.expire_all()


def moved(session: orm.Session, paragraph: Paragraph, cast: Cast, before: Paragraph) -> None:
    motion = put(session, paragraph, cast.us_drafter, MotionKind.MOVE, moves.asked(parent=None, before=before.id))
    motions.consent(session, motion=motion, by=cast.cn_drafter)


def read_with(paragraphs: Iterable[exports.Paragraph], left_out: exports.Change) -> list[str]:
    """Return the English of each paragraph once every change is accepted, or rejected: without what is `left_out`."""
    found = []
    for one in paragraphs:
        if one.redline is None:
            found.append(one.texts.en)
        elif one.redline.whole is not left_out:
            found.append("".join(span.text for span in one.redline.en if span.change is not left_out))
    return found


ACCEPTED, REJECTED = exports.Change.DELETED, exports.Change.INSERTED


def whose(document: exports.TextDocument) -> list[tuple[str, exports.Change | None]]:
    return [(one.redline.author, one.redline.whole) for one in document.paragraphs if one.redline]


@pytest.mark.parametrize(
    ("kind", "whole"),
    [
        (AmendmentKind.MOD, None),
        (AmendmentKind.EDITORIAL, None),
        (AmendmentKind.SUP, exports.Change.DELETED),
        (AmendmentKind.ADD, exports.Change.INSERTED),
    ],
)
def test_an_amendment_of_each_kind_shows_what_it_asks_for(
    session: orm.Session, cast: Cast, agreement: Agreement, kind: AmendmentKind, whole: exports.Change | None
) -> None:
    paragraph = common(session, agreement, cast)
    if kind is AmendmentKind.ADD:
        amendment = paragraph.amendments[0]
    else:
        amendment = amended(session, paragraph, cast.cn_drafter, EDITORIAL, kind)

    [shown] = redline(session, agreement, amendment=amendment.id).paragraphs

    assert shown.redline is not None
    assert shown.redline.whole is whole
    assert shown.redline.author == amendment.delegation.name.en
    if whole is None:
        assert read_with([shown], ACCEPTED) == [EDITORIAL.en]
        assert read_with([shown], REJECTED) == [TEXT.en]


def test_a_change_is_theirs_whose_amendment_was_taken_up_and_nobody_elses(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)  # an addition of the United States
    late = tabled(session, agreement, cast.us_drafter, OTHER)
    issued(session, agreement, cast)
    amended(session, paragraph, cast.us_drafter, OTHER)  # tabled, and not taken up
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)
    accepted(session, late.amendments[0], cast.cn_drafter)

    found = redline(session, agreement)

    both = f"{cast.us.name.en} / {cast.cn.name.en}"
    assert whose(found) == [(cast.cn.name.en, None), (both, None)]
    assert read_with(found.paragraphs, REJECTED) == [TEXT.en, f"[{OTHER.en}]"]
    assert read_with(found.paragraphs, ACCEPTED) == [CHANGED.en, OTHER.en]


def test_what_came_and_went_is_theirs_who_asked_for_it(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    stays, deleted, carried = (common(session, agreement, cast) for _ in range(3))
    withdrawn = tabled(session, agreement, cast.us_drafter, OTHER)
    issued(session, agreement, cast)
    amendments.withdraw(session, amendment=withdrawn.amendments[0], by=cast.us_drafter)
    gone = amended(session, deleted, cast.cn_drafter, kind=AmendmentKind.SUP)
    amendments.accept(session, amendment=gone, by=cast.us_drafter)
    deferred(session, carried, cast.us_drafter, cast.cn_drafter)
    tabled(session, agreement, cast.cn_drafter, CHANGED, Place(after=stays.id))

    found = redline(session, agreement)

    us, cn = cast.us.name.en, cast.cn.name.en
    inserted, struck = exports.Change.INSERTED, exports.Change.DELETED
    assert whose(found) == [(cn, struck), (f"{us} / {cn}", struck), (us, struck), (cn, inserted)]
    assert read_with(found.paragraphs, REJECTED) == [TEXT.en, TEXT.en, TEXT.en, f"[{OTHER.en}]"]
    assert read_with(found.paragraphs, ACCEPTED) == [TEXT.en, f"[{CHANGED.en}]"]


def test_an_addition_tabled_anew_is_its_authors(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    issued(session, agreement, cast)
    amended(session, paragraph, cast.us_drafter, CHANGED)

    found = redline(session, agreement)

    assert whose(found) == [(cast.us.name.en, None)]
    assert read_with(found.paragraphs, ACCEPTED) == [f"[{CHANGED.en}]"]


def test_what_was_carried_over_and_comes_back_is_theirs_who_took_their_word_back(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    carried = common(session, agreement, cast, OTHER)
    deferred(session, carried, cast.us_drafter, cast.cn_drafter)
    issued(session, agreement, cast)
    deferrals.revoke(session, paragraph=carried, by=cast.cn_head)

    assert whose(redline(session, agreement)) == [(cast.cn.name.en, exports.Change.INSERTED)]


def test_a_paragraph_that_moved_leaves_one_place_and_comes_to_another(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, second, third = (common(session, agreement, cast, Bilingual(f"{n}.", f"{n}。")) for n in "ABC")
    issued(session, agreement, cast)
    moved(session, third, cast, before=first)

    found = redline(session, agreement)

    assert read_with(found.paragraphs, REJECTED) == ["A.", "B.", "C."]
    assert read_with(found.paragraphs, ACCEPTED) == ["C.", "A.", "B."]
    assert [one.anchor for one in found.paragraphs if one.texts.en == "C."] == [third.id.hex[-10:], ""]
    assert second.id.hex[-10:] in {one.anchor for one in found.paragraphs}


def test_a_redline_between_older_revs_is_numbered_marked_and_anchored_as_they_were(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    issued(session, agreement, cast)
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)
    issued(session, agreement, cast)
    new = common(session, agreement, cast, OTHER)
    moved(session, new, cast, before=paragraph)
    issued(session, agreement, cast)

    found = redline(session, agreement, since=1, until=2)

    assert [one.aside.en for one in found.paragraphs] == ["¶ 1"]
    assert found.draft_mark == exports.Pair("DRAFT Rev.2", "草案 Rev.2")
    assert found.as_of == agreement.issues[1].at
    assert found.origin is not None
    assert found.origin.revision == "2"
    assert [one.aside.en for one in redline(session, agreement, since=2).paragraphs] == ["¶ 1", "¶ 2"]


@pytest.mark.parametrize(("chosen", "named"), [({"edition": "CN"}, "zh"), ({"layout": "zh"}, "zh"), ({}, "en")])
def test_authors_are_named_in_the_language_that_comes_first(
    session: orm.Session, cast: Cast, agreement: Agreement, chosen: dict[str, str], named: str
) -> None:
    paragraph = common(session, agreement, cast)
    amendment = amended(session, paragraph, cast.cn_drafter)

    [shown] = redline(session, agreement, amendment=amendment.id, **chosen).paragraphs

    assert shown.redline is not None
    assert shown.redline.author == getattr(cast.cn.name, named)


def test_wordings_are_compared_in_the_names_of_all_who_changed_them(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    def change(by: Membership, other: Membership, text: Bilingual) -> None:
        accepted(session, amended(session, paragraph, by, text), other)

    change(cast.cn_drafter, cast.us_drafter, CHANGED)
    change(cast.us_drafter, cast.cn_drafter, OTHER)

    assert whose(redline(session, agreement, paragraph=paragraph.id)) == [
        (f"{cast.cn.name.en} / {cast.us.name.en}", None)
    ]
    assert whose(redline(session, agreement, paragraph=paragraph.id, since=2)) == [(cast.us.name.en, None)]


def test_an_amendment_is_compared_with_what_it_was_written_against_and_with_nothing_else(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    amendment = amended(session, common(session, agreement, cast), cast.cn_drafter)

    with pytest.raises(WrongCombination, match="since does not go"):
        redline(session, agreement, amendment=amendment.id, since=1)
