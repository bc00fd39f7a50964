"""One paragraph's whole way, through the services: drafted, tabled, amended, accepted, agreed, adopted."""

from collections.abc import Iterator

import pytest
from sqlalchemy import orm

from tests.conftest import Begin
from tests.factories import Cast, a_cast, a_session, an_agreement
from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import Cause, obstacles
from workflow.domain.negotiation import AmendmentKind, OutOfOrder, Refusal, Stage, Standing
from workflow.domain.positions import Stance
from workflow.models import Agreement, Amendment, Membership, Paragraph
from workflow.services import (
    adoptions,
    amendments,
    certificates,
    deferrals,
    drafts,
    issues,
    journal,
    positions,
)
from workflow.services.reading import read

TEXT = Bilingual("Both governments should publish procurement rules.", "两国政府应公布采购规则。")
CHANGED = Bilingual("Both governments should publish all procurement rules.", "两国政府应公布所有采购规则。")


@pytest.fixture
def session(writing: Begin) -> Iterator[orm.Session]:
    with writing() as session:
        yield session


@pytest.fixture
def cast(session: orm.Session) -> Cast:
    return a_cast(session)


@pytest.fixture
def agreement(session: orm.Session, cast: Cast) -> Agreement:
    return an_agreement(session, a_session(session, cast.dialogue))


def tabled(session: orm.Session, agreement: Agreement, by: Membership, text: Bilingual = TEXT) -> Paragraph:
    draft = drafts.begin_addition(session, agreement=agreement, by=by, place=drafts.Place(), text=text)
    return amendments.table(session, draft=draft, by=by, version=draft.version).paragraph


def amended(session: orm.Session, paragraph: Paragraph, by: Membership, text: Bilingual = CHANGED) -> Amendment:
    draft = drafts.begin_amendment(
        session, paragraph=paragraph, by=by, kind=AmendmentKind.MOD, text=text, against=paragraph.base
    )
    return amendments.table(session, draft=draft, by=by, version=draft.version)


def standing(session: orm.Session, paragraph: Paragraph) -> Standing:
    return read(session, paragraph.agreement_id).standings[paragraph.id]


def test_an_addition_accepted_by_the_other_side_is_wording_1_held_ad_referendum_by_both(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    assert standing(session, paragraph) is Standing.BRACKETED

    wording = amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)

    assert wording is not None
    assert (wording.number, wording.text) == (1, TEXT)
    assert standing(session, paragraph) is Standing.AD_REFERENDUM


def test_amending_an_addition_and_accepting_that_makes_it_common_in_the_amended_words(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    change = amended(session, paragraph, cast.cn_drafter)

    wording = amendments.accept(session, amendment=change, by=cast.us_drafter)

    assert wording is not None
    assert wording.text == CHANGED
    assert not paragraph.live_amendments
    assert standing(session, paragraph) is Standing.AD_REFERENDUM


def test_a_text_goes_all_the_way_to_adoption_and_is_then_frozen(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)
    face = read(session, agreement.id).faces[paragraph.id]
    for head in (cast.us_head, cast.cn_head):
        positions.take(session, paragraph=paragraph, by=head, stance=Stance.AGREE, face=face)
    assert standing(session, paragraph) is Standing.AGREED
    assert {one.cause for one in obstacles(read(session, agreement.id).closing)} == {Cause.NO_CERTIFICATE}
    for translator in (cast.us_translator, cast.cn_translator):
        certificates.certify(session, paragraph=paragraph, by=translator, face=face)
    listing = read(session, agreement.id).listing

    assert adoptions.adopt(session, agreement=agreement, by=cast.us_head, listing_hash=listing) is False
    assert adoptions.adopt(session, agreement=agreement, by=cast.cn_head, listing_hash=listing) is True

    assert read(session, agreement.id).stage is Stage.ADOPTED
    with pytest.raises(OutOfOrder) as refused:
        amended(session, paragraph, cast.us_drafter)
    assert refused.value.refusals == (Refusal.TEXT_IS_ADOPTED,)
    assert journal.verify(session) == ()


def test_a_new_wording_asks_both_sides_again(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)
    face = read(session, agreement.id).faces[paragraph.id]
    for head in (cast.us_head, cast.cn_head):
        positions.take(session, paragraph=paragraph, by=head, stance=Stance.AGREE, face=face)

    amendments.accept(session, amendment=amended(session, paragraph, cast.us_drafter), by=cast.cn_drafter)

    assert standing(session, paragraph) is Standing.AD_REFERENDUM
    with pytest.raises(OutOfOrder) as refused:
        positions.take(session, paragraph=paragraph, by=cast.us_head, stance=Stance.AGREE, face=face)
    assert Refusal.TEXT_HAS_CHANGED in refused.value.refusals


def test_accepting_a_deletion_takes_the_paragraph_out_and_keeps_its_record(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)
    draft = drafts.begin_amendment(
        session, paragraph=paragraph, by=cast.cn_drafter, kind=AmendmentKind.SUP, text=TEXT, against=paragraph.base
    )
    change = amendments.table(session, draft=draft, by=cast.cn_drafter, version=1)

    amendments.accept(session, amendment=change, by=cast.us_head)

    assert standing(session, paragraph) is Standing.DELETED
    assert paragraph.last_text == TEXT


def test_a_deferral_takes_effect_with_the_second_sides_consent(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    face = read(session, agreement.id).faces[paragraph.id]

    assert deferrals.consent(session, paragraph=paragraph, by=cast.us_drafter, face=face) is False
    assert deferrals.consent(session, paragraph=paragraph, by=cast.cn_drafter, face=face) is True

    assert standing(session, paragraph) is Standing.DEFERRED


def test_a_text_in_one_language_can_be_tabled_but_not_accepted(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, Bilingual(TEXT.en, ""))
    assert standing(session, paragraph) is Standing.COUNTERPART_PENDING

    with pytest.raises(OutOfOrder) as refused:
        amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)

    assert refused.value.refusals == (Refusal.COUNTERPART_PENDING,)


def test_an_issue_lists_every_paragraph_with_its_number_and_the_next_needs_a_change(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    for _ in range(2):
        tabled(session, agreement, cast.us_drafter, Bilingual(f"{TEXT.en} {_}", TEXT.zh))

    issue = issues.issue(session, agreement=agreement, by=cast.secretariat)

    assert [entry.number for entry in issue.entries] == ["1", "2"]
    with pytest.raises(OutOfOrder) as refused:
        issues.issue(session, agreement=agreement, by=cast.secretariat)
    assert refused.value.refusals == (Refusal.NOTHING_TO_ISSUE,)
