"""The wall: what a delegation does among itself changes nothing of what the others can read.

The same acts are done twice, by the same clock, in two dialogues; in one of them the United
States also works internally between each act and the next. What China, the secretariat and
an observer can read of both is then compared, keys put in the order in which they occur.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Clock, Server
from tests.factories import Cast, a_cast, a_session, an_agreement
from tests.services.moves import CHANGED, OTHER, TEXT, accepted, amended, drafted, rewritten, tabled, takes
from workflow import db
from workflow.domain.bilingual import Language
from workflow.domain.discussion import quote
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Membership, Paragraph, Scope
from workflow.permissions import Role, Seat
from workflow.services import (
    agreements,
    changes,
    comments,
    confirmations,
    deferrals,
    delegations,
    desk,
    discussion,
    documents,
    draft_presences,
    draft_states,
    drafts,
    hand_overs,
    invitations,
    issues,
    looks,
    members,
    outlines,
    paragraphs,
    tablings,
    tasks,
    threads,
)
from workflow.services.clock import FIXED, now
from workflow.services.documents import Form, Making
from workflow.services.drafts import Place
from workflow.services.reading import read
from workflow.services.visible import visible

KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
READERS = ("cn_head", "cn_drafter", "cn_translator", "cn_adviser", "secretariat", "observer")


@dataclass
class Round:
    """The acts that all sides see, and what the United States does beside them."""

    session: orm.Session
    cast: Cast
    agreement: Agreement
    clock: Clock
    internally: bool
    secrets: list[str] = field(default_factory=list)

    def goes(self) -> None:
        """Do everything."""
        for act in (
            self._table,
            self._speak,
            self._amend,
            self._speak_again,
            self._answer,
            self._hold,
            self._defer,
            self._issue,
        ):
            act()
            if self.internally:
                began = self.clock.time
                self._work_internally()
                self.clock.time = began  # how long it took must not tell by itself

    def _table(self) -> None:
        self.paragraph = tabled(self.session, self.agreement, self.cast.us_drafter)
        self.other = tabled(self.session, self.agreement, self.cast.cn_drafter, OTHER)

    def _speak(self) -> None:
        self.thread = threads.begin(
            self.session, paragraph=self.paragraph, by=self.cast.cn_drafter, scope=Scope.SHARED, text="@US, why so?"
        )

    def _speak_again(self) -> None:
        said = threads.reply(self.session, thread=self.thread, by=self.cast.us_drafter, text="@CN, see the rationale.")
        comments.edit(self.session, comment=said, by=self.cast.us_drafter, text="@CN, see below.", version=1)
        threads.resolve(self.session, thread=self.thread, by=self.cast.cn_head)

    def _amend(self) -> None:
        amended(self.session, self.paragraph, self.cast.cn_drafter)

    def _answer(self) -> None:
        accepted(self.session, self.paragraph.live_amendments[1], self.cast.us_drafter)
        accepted(self.session, self.other.amendments[0], self.cast.us_drafter)

    def _hold(self) -> None:
        takes(self.session, self.paragraph, self.cast.us_head)
        takes(self.session, self.paragraph, self.cast.cn_drafter, Stance.RESERVE, reason="under review")

    def _defer(self) -> None:
        here = read(self.session, self.agreement.id).faces[self.other.id]
        deferrals.consent(self.session, paragraph=self.other, by=self.cast.us_drafter, face=here)

    def _issue(self) -> None:
        issues.issue(self.session, agreement=self.agreement, by=self.cast.secretariat)

    def _work_internally(self) -> None:
        """A private draft, a shared one, one put away, a remark among ourselves, a look, a document taken home."""
        count = len(self.secrets)
        secret = f"SECRET {count}"
        self.secrets.append(secret)
        us = self.cast
        text = type(TEXT)(f"{secret} {TEXT.en}", TEXT.zh)
        drafted(self.session, self.agreement, us.us_drafter, text)
        drafts.share(
            self.session, draft=drafted(self.session, self.agreement, us.us_translator, text), by=us.us_translator
        )
        away = drafted(self.session, self.agreement, us.us_head, text)
        drafts.save(self.session, draft=away, by=us.us_head, text=CHANGED, rationale=secret, version=1)
        drafts.discard(self.session, draft=away, by=us.us_head)
        for paragraph in self.agreement.paragraphs:
            self._discuss(paragraph, secret)
            if paragraph.base:
                drafts.share(
                    self.session, draft=rewritten(self.session, paragraph, us.us_drafter, text), by=us.us_drafter
                )
        together = drafted(self.session, self.agreement, us.us_drafter, text, Place(kind=ParagraphKind.HEADING))
        under = drafted(self.session, self.agreement, us.us_drafter, text, Place(parent_draft=together.id))
        due_at = now(self.session) + timedelta(hours=5)
        asked = [
            hand_overs.ask(
                self.session, draft=one, by=us.us_drafter, colleague=us.us_translator, request=secret, due_at=due_at
            )
            for one in (together, under)
        ]
        hand_overs.complete(self.session, hand_over=asked[0], by=us.us_translator)
        draft_presences.note(self.session, draft=under, by=us.us_head)
        drafts.autosave(self.session, draft=under, by=us.us_head, text=CHANGED, rationale=secret, version=under.version)
        [*_, first] = draft_states.history(self.session, under, us.us_drafter.actor)
        drafts.restore(self.session, draft=under, by=us.us_drafter, state=first.state, version=under.version)
        seen = outlines.outline(self.session, self.agreement.id, us.us_drafter.actor).seen
        outlines.put(self.session, draft=under, by=us.us_drafter, place=Place(is_first=True), seen=seen)
        delegations.decide_tabling(
            self.session, delegation=us.us, by=us.us_head, drafters_table=not us.us.drafters_table
        )
        looks.look(self.session, agreement=self.agreement, by=us.us_head, seen=self.agreement.issuable)
        if self.agreement.paragraphs:
            made = documents.made(self.session, read(self.session, self.agreement.id), Making(form=Form.TEXT))
            documents.record(self.session, agreement=self.agreement, by=us.us_drafter, made=made)
        self._come_and_go(secret)

    def _come_and_go(self, secret: str) -> None:
        """Somebody is invited, joins and is taken off; somebody else is invited, and that is withdrawn."""
        us = self.cast
        local = f"{secret.lower().replace(' ', '-')}@{us.dialogue.short_name}"
        one, other = (
            invitations.invite(
                self.session,
                by=us.us_head,
                role=role,
                delegation=us.us,
                email=f"{role}-{local}.example.org",
                lasts=timedelta(days=14),
            )
            for role in (Role.DRAFTER, Role.HEAD)
        )
        came = invitations.accept_as_new(self.session, invitation=one, name=f"{secret} colleague", password="hash")
        members.end(self.session, member=came, by=us.us_head, told=False)
        invitations.withdraw(self.session, invitation=other, by=us.us_head)

    def _discuss(self, paragraph: Paragraph, secret: str) -> None:
        """Talk among ourselves of a paragraph, its words and what others said of it; give tasks, and say so."""
        session, us = self.session, self.cast
        words = quote(paragraph.text, paragraph.text.zh, language=Language.ZH, which=None) if paragraph.text else None
        named = f"{secret} @{us.us_drafter.account.name} {secret}"
        ours = threads.begin(
            session,
            paragraph=paragraph,
            by=us.us_adviser,
            scope=Scope.DELEGATION,
            text=named,
            quotation=words,
            base=paragraph.base,
        )
        said = threads.reply(session, thread=ours, by=us.us_head, text=secret)
        comments.edit(session, comment=said, by=us.us_head, text=f"{secret} edited", version=1)
        comments.withdraw(session, comment=said, by=us.us_head, version=2)
        comments.see(session, mention=ours.comments[0].mentions[0], by=us.us_drafter)
        shared = [one for one in session.scalars(visible(us.us_head.actor).threads()) if not one.is_internal]
        for one in (ours, *shared):
            due = now(session) + timedelta(days=1)
            task = tasks.give(session, comment=one.comments[0], by=us.us_head, to=us.us_translator.id, due=due)
            tasks.finish(session, task=task, by=us.us_translator)
            tasks.reopen(session, task=task, by=us.us_head)
            tasks.take_back(session, task=task, by=us.us_head)
        for mention in session.scalars(visible(us.us_translator.actor).mentions()).all():
            comments.see(session, mention=mention, by=us.us_translator)
        threads.resolve(session, thread=ours, by=us.us_head)
        threads.reopen(session, thread=ours, by=us.us_drafter)


@pytest.fixture(scope="module")
def rounds(server: Server) -> Iterator[tuple[Round, Round]]:
    """Both negotiations, on a database that all tests here read and none writes to."""
    engine = db.make_engine(server.kept())
    with db.writing(engine) as session:
        yield _round(session, "silent", internally=False), _round(session, "busy", internally=True)
    engine.dispose()


def _round(session: orm.Session, short_name: str, *, internally: bool) -> Round:
    clock = Clock()
    session.info[FIXED] = clock
    cast = a_cast(session, short_name=short_name)
    agreement = an_agreement(session, a_session(session, cast.dialogue), short_name=short_name)
    made = Round(session, cast, agreement, clock, internally)
    made.goes()
    return made


def everything(made: Round, reader: Membership) -> str:
    """Write down all that `reader` can come by, keys and hashes replaced by the order in which they occur."""
    session, see = made.session, visible(reader.actor)
    session.flush()
    session.expire_all()
    shown = agreements.page(session, read(session, made.agreement.id), reader.actor)
    closing = agreements.closing(session, read(session, made.agreement.id), reader.actor)
    found = desk.desk(session, reader)
    arranged = outlines.outline(session, made.agreement.id, reader.actor)
    told: list[Any] = [
        *(one for select in (see.comments(), see.drafts(), see.documents(), see.journal(), see.positions(),
                             see.mentions(), see.tasks(), see.colleagues()) for one in _rows(session, select)),
        *(_discussion(session, made.agreement, reader, one) for one in discussion.Filter),
        *(one for select in (see.agenda_items(), see.invitations()) for one in _rows(session, select)),
        *((_row(one), one.account.name) for one in members.side_of(session, reader.actor)),
        [(one.role, one.delegation_code) for one in _seats(session, made, reader)],
        *(_row(one) for one in desk.history(session, made.agreement, reader, limit=1000)),
        [(one.number, one.standing, one.text.en, one.waits, one.open_comments) for one in shown.rows],
        [one.open_brackets for one in shown.rows],
        [(one.cause, one.delegations) for one in closing.obstacles],
        [closing.adopting, closing.issuing, shown.reading.has_changed_since_rev, shown.reading.as_of],
        [[row.number for row in table.waiting] for table in found.tables],
        [_row(one) for one in (*found.drafts, *found.recent, *found.mentions, *(one.task for one in found.tasks))],
        [_row(one.hand_over) for one in found.handed_over],
        *(one for select in (see.draft_states(), see.draft_presences(), see.hand_overs())
          for one in _rows(session, select)),
        [(one.depth, one.number, one.text.en) for one in arranged.entries],
        [one.draft.id for one in tablings.page(session, made.agreement, reader.actor)],
        *(_paragraph(session, one.paragraph, reader) for one in shown.rows),
        [(one.row.number, one.ground) for one in confirmations.page(session, made.agreement.id, reader.actor).rows],
        *(_changes(changes.since(session, shown.reading, reader.actor, one)) for one in ("looked", "agreed", "1")),
        documents.make(session, read(session, made.agreement.id), Making(form=Form.TEXT)).decode(),
    ]  # fmt: skip
    written = json.dumps(told, default=str, ensure_ascii=False).replace(made.cast.dialogue.short_name, "dialogue")
    order: dict[str, str] = {}
    for pattern in (KEY, HASH):
        written = pattern.sub(lambda found: order.setdefault(found[0], f"#{len(order)}"), written)
    return written


def _seats(session: orm.Session, made: Round, reader: Membership) -> list[Seat]:
    dialogue = made.cast.dialogue
    offered = invitations.seats(session, dialogue, reader.actor)
    return [invitations.seat(session, dialogue, role, side) for role, side in offered]


def _paragraph(session: orm.Session, paragraph: Any, reader: Membership) -> list[Any]:
    page = paragraphs.page(session, paragraph, reader.actor)
    return [
        *map(_row, (*page.history, *page.drafts)),
        *map(_thread, page.threads),
        [(one.amendment.number, one.author, one.accept, one.keep, one.withdraw) for one in page.amendments],
        [(one.delegation.code, one.in_force, one.certified) for one in page.positions],
        [(one.wording.number, one.wording.at) for one in page.wordings],
        page.acts,
    ]


def _discussion(session: orm.Session, agreement: Agreement, reader: Membership, show: discussion.Filter) -> list[Any]:
    page = discussion.page(session, agreement.id, reader.actor, show=show)
    return [show, *map(_thread, (*page.internal, *page.shared)), page.looked]


def _thread(shown: discussion.ThreadShown) -> list[Any]:
    thread = shown.thread
    said = [[_row(one), *map(_row, (*one.versions, *one.mentions)), one.text, one.edited_at] for one in thread.comments]
    where = [shown.number, shown.standing, shown.bearing, shown.is_mine, shown.is_orphan, shown.moved_at]
    return [_row(thread), *said, *map(_row, (*thread.events, *shown.tasks)), *where]


def _changes(found: changes.Since | None) -> list[Any]:
    return [(one.number, one.changes, len(one.tabled), len(one.ended)) for one in found.differences] if found else []


def _rows(session: orm.Session, select: Any) -> list[dict[str, Any]]:
    """Return the rows in the order of what stands in them: a database gives them in any, and their keys are random."""
    return sorted(
        map(_row, session.scalars(select)), key=lambda row: HASH.sub("", KEY.sub("", json.dumps(row, default=str)))
    )


def _row(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in sa.inspect(row).mapper.column_attrs}


@pytest.mark.parametrize("reader", READERS)
def test_nothing_that_others_read_tells_whether_a_delegation_works_internally(
    rounds: tuple[Round, Round], reader: str
) -> None:
    silent, busy = (everything(one, getattr(one.cast, reader)) for one in rounds)

    assert silent == busy
    assert "SECRET" not in busy


@pytest.mark.parametrize("reader", ["us_drafter", "us_adviser"])
def test_the_own_delegation_reads_what_it_does_internally(rounds: tuple[Round, Round], reader: str) -> None:
    silent, busy = (everything(one, getattr(one.cast, reader)) for one in rounds)

    assert silent != busy
    assert all(secret in busy for secret in rounds[1].secrets)


def test_a_private_draft_is_its_authors_alone_until_it_is_shared(rounds: tuple[Round, Round]) -> None:
    busy = rounds[1]
    read_by = {
        member.role: {one.membership_id for one in busy.session.scalars(visible(member.actor).drafts())}
        for member in busy.cast.of("US")
    }
    drafter, translator = busy.cast.us_drafter.id, busy.cast.us_translator.id

    assert (
        read_by[Role.HEAD] == read_by[Role.ADVISER] == {drafter, translator}
    )  # shared ones; the head's own is put away
    private = [one for one in busy.session.scalars(visible(busy.cast.us_drafter.actor).drafts()) if not one.is_shared]
    assert {one.membership_id for one in private} == {drafter}
