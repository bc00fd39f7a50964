"""What members do, in the words of a negotiation: each move is made through the services, as a page would."""

from collections.abc import Callable
from typing import Final

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import AmendmentKind, OutOfOrder, Refusal, Standing
from workflow.domain.positions import Stance
from workflow.models import Agreement, Amendment, Draft, Membership, Paragraph, Position, Wording
from workflow.services import adoptions, amendments, certificates, deferrals, drafts, positions
from workflow.services.reading import Reading, read

TEXT: Final = Bilingual("Both governments should publish procurement rules.", "两国政府应公布采购规则。")
CHANGED: Final = Bilingual("Both governments should publish all procurement rules.", "两国政府应公布所有采购规则。")
OTHER: Final = Bilingual("Both governments should review procurement rules.", "两国政府应审查采购规则。")


def drafted(
    session: orm.Session,
    agreement: Agreement,
    by: Membership,
    text: Bilingual = TEXT,
    place: drafts.Place = drafts.Place(),  # noqa: B008 -- frozen
) -> Draft:
    """Begin a draft of a new paragraph."""
    return drafts.begin_addition(session, agreement=agreement, by=by, place=place, text=text)


def tabled(
    session: orm.Session,
    agreement: Agreement,
    by: Membership,
    text: Bilingual = TEXT,
    place: drafts.Place = drafts.Place(),  # noqa: B008 -- frozen
) -> Paragraph:
    """Table a new paragraph."""
    draft = drafted(session, agreement, by, text, place)
    return amendments.table(session, draft=draft, by=by, version=draft.version).paragraph


def rewritten(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: Bilingual = CHANGED,
    kind: AmendmentKind = AmendmentKind.MOD,
) -> Draft:
    """Begin a draft of an amendment."""
    return drafts.begin_amendment(session, paragraph=paragraph, by=by, kind=kind, text=text, against=paragraph.base)


def amended(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: Bilingual = CHANGED,
    kind: AmendmentKind = AmendmentKind.MOD,
) -> Amendment:
    """Table an amendment."""
    draft = rewritten(session, paragraph, by, text, kind)
    return amendments.table(session, draft=draft, by=by, version=draft.version)


def accepted(session: orm.Session, amendment: Amendment, by: Membership) -> Wording:
    """Accept an amendment; it is the last acceptance needed."""
    wording = amendments.accept(session, amendment=amendment, by=by)
    assert wording is not None
    return wording


def common(
    session: orm.Session,
    agreement: Agreement,
    cast: Cast,
    text: Bilingual = TEXT,
    place: drafts.Place = drafts.Place(),  # noqa: B008 -- frozen
) -> Paragraph:
    """Make a new paragraph common text: tabled by one side, accepted by the other."""
    paragraph = tabled(session, agreement, cast.us_drafter, text, place)
    accepted(session, paragraph.amendments[0], cast.cn_drafter)
    return paragraph


def face(session: orm.Session, paragraph: Paragraph) -> str:
    """Return what names the text on the page."""
    return read(session, paragraph.agreement_id).faces[paragraph.id]


def takes(
    session: orm.Session, paragraph: Paragraph, by: Membership, stance: Stance = Stance.AGREE, **about: str
) -> Position:
    """Take a position on the text as it stands."""
    return positions.take(
        session,
        paragraph=paragraph,
        by=by,
        stance=stance,
        face=face(session, paragraph),
        reason=about.get("reason", ""),
    )


def closed(session: orm.Session, paragraph: Paragraph, cast: Cast) -> None:
    """Let both heads agree to the text as it stands, and both translators certify it."""
    for head in (cast.us_head, cast.cn_head):
        takes(session, paragraph, head)
    for translator in (cast.us_translator, cast.cn_translator):
        certificates.certify(session, paragraph=paragraph, by=translator, face=face(session, paragraph))


def adopted(session: orm.Session, agreement: Agreement, by: Membership) -> bool:
    """Adopt the text as it stands; return whether it is now frozen."""
    listing = read(session, agreement.id).listing
    return adoptions.adopt(session, agreement=agreement, by=by, listing_hash=listing)


def deferred(session: orm.Session, paragraph: Paragraph, *members: Membership) -> bool:
    """Consent to carry the paragraph over, one after the other; return whether it now is."""
    return [deferrals.consent(session, paragraph=paragraph, by=one, face=face(session, paragraph)) for one in members][
        -1
    ]


def standing(session: orm.Session, paragraph: Paragraph) -> Standing:
    """Return where the paragraph stands."""
    return again(session, paragraph).standings[paragraph.id]


def again(session: orm.Session, paragraph: Paragraph) -> Reading:
    """Read the agreement of the paragraph anew, as the next request would."""
    session.flush()
    session.expire_all()
    return read(session, paragraph.agreement_id)


def refusals(act: Callable[[], object]) -> tuple[Refusal, ...]:
    """Return why `act` is refused; it must be."""
    with pytest.raises(OutOfOrder) as refused:
        act()
    return refused.value.refusals
