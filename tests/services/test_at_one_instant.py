"""Two acts at the same instant, on connections of their own: one of them is the last, a hundred times of a hundred."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import fields
from threading import Barrier
from typing import Final, TypeVar

import pytest
from sqlalchemy import orm

from tests.databases import Begin
from tests.factories import Cast, a_cast, a_draft, a_paragraph, a_session, an_agreement
from tests.services.moves import amended, closed
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import OutOfOrder, Stage
from workflow.models import Agreement, Amendment, Dialogue, DialogueSession, Draft, Membership
from workflow.services import adoptions, amendments, drafts, journal
from workflow.services.drafts import StaleDraft
from workflow.services.locks import lock_dialogue_of
from workflow.services.reading import read

ROUNDS: Final = 100
Made = TypeVar("Made")


@pytest.fixture
def cast(writing: Begin) -> Cast:
    """A dialogue of two delegations with a member for every role."""
    with writing() as session:
        return a_cast(session)


def brought(session: orm.Session, cast: Cast) -> Cast:
    """Return the same members, in `session`."""
    here = copy(cast)
    for one in fields(Cast):
        if isinstance(member := getattr(cast, one.name), Membership):
            object.__setattr__(here, one.name, session.get_one(Membership, member.id))
    return here


def at_once(*acts: Callable[[], Made]) -> list[Made]:
    """Return what `acts` return, begun by as many threads at one instant."""
    ready = Barrier(len(acts), timeout=30)

    def begin(act: Callable[[], Made]) -> Made:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def test_two_last_adoptions_freeze_the_text_once(writing: Begin, reading: Begin, cast: Cast) -> None:
    """Each head adopts; whoever comes second freezes the text, and nobody else does."""

    def adopts(agreement: Agreement, listing: str, head: Membership) -> Callable[[], bool]:
        def act() -> bool:
            with writing() as session:
                lock_dialogue_of(session, Agreement, agreement.id)
                here, by = session.get_one(Agreement, agreement.id), session.get_one(Membership, head.id)
                return adoptions.adopt(session, agreement=here, by=by, listing_hash=listing)

        return act

    with writing() as session:
        first = a_session(session, session.get_one(Dialogue, cast.dialogue.id))
    for number in range(ROUNDS):
        with writing() as session:
            meeting = session.get_one(DialogueSession, first.id)
            agreement = an_agreement(session, meeting, short_name=f"exercise-{number}")
            paragraph = a_paragraph(session, agreement, Bilingual(f"Both agree, {number}.", f"双方同意，{number}。"))
            closed(session, paragraph, brought(session, cast))
            listing = read(session, agreement.id).listing

        froze = at_once(*(adopts(agreement, listing, head) for head in (cast.us_head, cast.cn_head)))

        assert sorted(froze) == [False, True]
        with reading() as session:
            assert read(session, agreement.id).stage is Stage.ADOPTED


def test_two_saves_of_one_draft_from_one_version_keep_both_texts(writing: Begin, reading: Begin, cast: Cast) -> None:
    """Two colleagues save at the same instant: one is kept, the other is told, and neither text is lost."""

    def saves(draft: Draft, by: Membership, text: Bilingual, version: int) -> Callable[[], Bilingual | None]:
        def act() -> Bilingual | None:
            with writing() as session:
                lock_dialogue_of(session, Draft, draft.id)
                here, member = session.get_one(Draft, draft.id), session.get_one(Membership, by.id)
                try:
                    drafts.save(session, draft=here, by=member, text=text, rationale="", version=version)
                except StaleDraft as stale:
                    typed = stale.typed
                    session.rollback()
                    return typed
                return None

        return act

    with writing() as session:
        agreement = an_agreement(session, a_session(session, session.get_one(Dialogue, cast.dialogue.id)))
        draft = a_draft(session, agreement, session.get_one(Membership, cast.us_drafter.id), is_shared=True)
    for number in range(1, ROUNDS + 1):
        texts = {one.id: Bilingual(f"{one.role} {number}.", "") for one in (cast.us_drafter, cast.us_head)}
        outcome = at_once(*(saves(draft, one, texts[one.id], number) for one in (cast.us_drafter, cast.us_head)))

        [kept] = [one for one, told in zip(texts.values(), outcome, strict=True) if told is None]
        [lost] = [told for told in outcome if told is not None]
        assert {kept, lost} == set(texts.values())
        with reading() as session:
            here = session.get_one(Draft, draft.id)
            assert (here.text, here.version, here.states[-1].text) == (kept, number + 1, kept)


def test_two_acceptances_of_one_amendment_make_one_wording(writing: Begin, reading: Begin, cast: Cast) -> None:
    """The head and the drafter of a side accept at the same instant; the second is refused."""

    def accepts(amendment: Amendment, by: Membership) -> Callable[[], bool]:
        def act() -> bool:
            with writing() as session:
                lock_dialogue_of(session, Amendment, amendment.id)
                member = session.get_one(Membership, by.id)
                try:
                    amendments.accept(session, amendment=session.get_one(Amendment, amendment.id), by=member)
                except OutOfOrder:
                    session.rollback()
                    return False
                return True

        return act

    with writing() as session:
        first = a_session(session, session.get_one(Dialogue, cast.dialogue.id))
    for number in range(1, ROUNDS + 1):
        with writing() as session:
            agreement = an_agreement(
                session, session.get_one(DialogueSession, first.id), short_name=f"exercise-{number}"
            )
            paragraph = a_paragraph(session, agreement, Bilingual("Rule 0 applies.", "适用第0条规则。"))
            text = Bilingual(f"Rule {number} applies.", f"适用第{number}条规则。")
            amendment = amended(session, paragraph, session.get_one(Membership, cast.us_drafter.id), text)

        accepted = at_once(*(accepts(amendment, by) for by in (cast.cn_head, cast.cn_drafter)))

        assert sorted(accepted) == [False, True]
        with reading() as session:
            (placed,) = read(session, agreement.id).order
            assert placed.paragraph.id == paragraph.id
            assert [one.text for one in placed.paragraph.wordings][1:] == [text]
    with reading() as session:
        assert journal.verify(session) == ()
