"""The demonstration: the dialogue's real agreements, and an exercise session played through the rules.

Nothing is put into the database here that a delegation could not have done itself: the
exercise is a series of acts by the members of a made-up cast, at fixed moments. Who sits
there stands in `cast`, what each does in `days`, what they say in
``data/exercise-script.yaml``.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.dialogue_file import DialogueFile, read
from workflow.models import Account, Dialogue, Membership
from workflow.permissions import Role
from workflow.resources import DATA
from workflow.services import dialogues, members
from workflow.services.clock import FIXED
from workflow.services.demonstration.calendar import BEGINS, LASTS, Calendar
from workflow.services.demonstration.cast import CAST, CastMember
from workflow.services.demonstration.days import HEADINGS, play
from workflow.services.demonstration.exercise import Exercise
from workflow.services.demonstration.script import script

__all__ = [
    "AGREEMENT",
    "BEGINS",
    "CAST",
    "DIALOGUE",
    "HEADINGS",
    "LASTS",
    "PASSWORD",
    "CastMember",
    "file",
    "is_loaded",
    "load",
    "script",
]

DIALOGUE: Final = "digital-economy"
AGREEMENT: Final = "exercise"
PASSWORD: Final = "demonstration"  # noqa: S105 -- meant to be known: every account of the demonstration has it
"""The password of every demonstration account; printed at the start and in the README."""


def file() -> DialogueFile:
    """Return the dialogue that the demonstration is about, as it comes with this program."""
    path = DATA / f"{DIALOGUE}.yaml"
    return read(path.read_bytes(), name=path.name)


def is_loaded(session: orm.Session) -> bool:
    """Whether the demonstration is there, and not only a dialogue of the same name."""
    there = (
        sa.select(Membership.id)
        .join(Membership.account)
        .join(Membership.dialogue)
        .where(Dialogue.short_name == DIALOGUE, Account.email == CAST[0].email)
    )
    return session.scalar(there) is not None


def load(session: orm.Session, *, password: str) -> Dialogue:
    """Load the dialogue, open the accounts and play the exercise; return the dialogue, flushed.

    Args:
        session: Writing.
        password: The hash of `PASSWORD`, made before the transaction began.

    Raises:
        AlreadyThere: If the dialogue, or one of its agreements, is there.

    """
    clock = Calendar()
    before = session.info.get(FIXED)
    session.info[FIXED] = clock
    try:
        dialogue = dialogues.load(session, file())
        cast = _seat(session, dialogue, password)
        agreement = dialogues.find_agreement(session, AGREEMENT)
        assert agreement is not None  # noqa: S101 -- it stands in the file; for the type checker
        play(Exercise(session, agreement, cast, clock))
    finally:
        session.info[FIXED] = before
    return dialogue


def _seat(session: orm.Session, dialogue: Dialogue, password: str) -> dict[str, Membership]:
    delegations = {delegation.code: delegation for delegation in dialogue.delegations}
    seated = {}
    for one in CAST:
        account = members.open_account(session, email=one.email, name=one.name, password=password)
        account.opens_dialogues = one.role is Role.SECRETARIAT  # so that everything can be tried out
        seated[one.key] = members.join(
            session,
            account=account,
            dialogue=dialogue,
            role=one.role,
            delegation=delegations[one.side] if one.side else None,
        )
    return seated
