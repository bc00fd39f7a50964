"""What a delegation decides about itself, by the word of its head."""

from sqlalchemy import orm

from workflow.models import Delegation, Entered, Membership
from workflow.services.journal import chain_of, enter


def decide_tabling(session: orm.Session, *, delegation: Delegation, by: Membership, drafters_table: bool) -> None:
    """Let the drafters of `delegation` table text, or its heads alone; nothing happens where it is so already."""
    if delegation.drafters_table == drafters_table:
        return
    delegation.drafters_table = drafters_table
    session.flush()
    enter(
        session,
        Entered.TABLING_DECIDED,
        by=by,
        dialogue=delegation.dialogue,
        chain=chain_of(by),
        drafters_table="yes" if drafters_table else "no",
    )
