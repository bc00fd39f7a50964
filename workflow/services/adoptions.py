"""Adoption: both heads, over the whole text, both languages. Then it is immutable."""

from sqlalchemy import orm

from workflow.domain.closing import check_adoption
from workflow.models import Adoption, Agreement, Entered, Membership
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import read


def adopt(session: orm.Session, *, agreement: Agreement, by: Membership, listing_hash: str) -> bool:
    """Record that the head `by` adopts the text whose listing hash is `listing_hash`; return whether it is now frozen.

    Between the heads' adoptions the text stays open, and any change makes the first lapse,
    since it names another listing. The last adoption freezes the text in this transaction.

    Raises:
        OutOfOrder: With every reason, if the rules refuse. Nothing is written.

    """
    reading = read(session, agreement.id)
    side = seat(by)
    check_adoption(reading.closing, by=side.code, listing_hash=listing_hash)
    session.add(
        Adoption(agreement=agreement, delegation=side, membership_id=by.id, listing_hash=listing_hash, at=now(session))
    )
    session.flush()
    enter(session, Entered.ADOPTED, by=by, dialogue=agreement.dialogue, agreement=agreement, listing=listing_hash)
    missing = set(agreement.dialogue.sides) - {
        code for code, adopted in agreement.adopted_by.items() if adopted == listing_hash
    }
    if missing:
        return False
    enter(session, Entered.FROZEN, by=by, dialogue=agreement.dialogue, agreement=agreement, listing=listing_hash)
    return True
