"""Who sits at the table: when an invitation can still be taken up, and when a seat may be left.

:mod:`workflow.permissions` decides who invites and who ends a membership; this, when.
"""

from datetime import datetime

from workflow.domain.negotiation import Refusal


def is_open(*, ended: bool, expires_at: datetime, now: datetime, may_still_invite: bool) -> bool:
    """Whether an invitation can be taken up.

    Args:
        ended: Whether it was accepted or withdrawn.
        expires_at: The moment from which it cannot.
        now: The present moment.
        may_still_invite: Whether who invited could still do so. Whoever left takes back what
            was handed out, or an own link would lead in again.

    """
    return not ended and now < expires_at and may_still_invite


def refusals_to_end(*, has_ended: bool, last_head: bool, last_secretariat: bool, told: bool) -> tuple[Refusal, ...]:
    """Return why a membership cannot be ended now; empty if it can.

    Args:
        has_ended: Whether it ended already.
        last_head: Whether its delegation would be left without a head.
        last_secretariat: Whether the dialogue would be left without a secretariat.
        told: Whether who ends it was told what that leaves, and goes on.

    """
    if has_ended:
        return (Refusal.MEMBERSHIP_HAS_ENDED,)
    if told:
        return ()
    return (
        *((Refusal.LEAVES_NO_HEAD,) if last_head else ()),
        *((Refusal.LEAVES_NO_SECRETARIAT,) if last_secretariat else ()),
    )
