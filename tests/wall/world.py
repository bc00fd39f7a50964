"""A dialogue as people make it through the pages: what all sides see, and what one of them does by itself."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import orm

from tests import factories
from tests.blueprints.tables import Table, lay
from tests.databases import Clock, Transactions
from tests.participants import Participant
from tests.wall.crawler import A_FEW, MOST, Seen, crawl
from tests.web import SECRET, SignIn
from workflow import create_app
from workflow.config import Settings
from workflow.db import make_engine
from workflow.models import Account, Draft, Membership, Scope, Thread
from workflow.services.clock import FIXED

#: Planted wherever the United States keeps something to itself. Plain letters, so that no escaping hides it.
CANARY: Final = "ZANZIBAR"
PERSON: Final = "QUILLON"
"""In the name and the address of everybody of the United States."""

#: Everybody from whom it is kept.
OTHERS: Final = ("cn_head", "cn_drafter", "cn_translator", "cn_adviser", "observer", "secretariat", "outsider")


@dataclass
class World:
    """A table, the people at it, and the clock they act by."""

    app: Flask
    table: Table
    clock: Clock
    transactions: Transactions
    people: dict[str, Participant] = field(default_factory=dict)
    crawled: dict[str, dict[str, Seen]] = field(default_factory=dict)

    def who(self, name: str) -> Participant:
        """Return the member called `name`, signed in; the same person again, the next time."""
        if name not in self.people:
            self.people[name] = SignIn(self.app)(self.table.who(name))
        return self.people[name]

    def pages(self, name: str) -> dict[str, Seen]:
        """Return every page that `name` can reach, by its address; looked at once, before anybody sent anything."""
        if name not in self.crawled:
            self.crawled[name] = crawl(self.who(name).client, queries=MOST if name in OTHERS else A_FEW)
        return self.crawled[name]

    @contextmanager
    def by_themselves(self) -> Iterator[None]:
        """Let what happens in here take no time: how long it took must not tell by itself."""
        began = self.clock.time
        yield
        self.clock.time = began


@contextmanager
def served(url: str, var: Path) -> Iterator[World]:
    """Give a world of its own on the database `url`, for as long as several tests look at it."""
    app = create_app(Settings(secret_key=SECRET, database_url=url, var=var))
    engine = make_engine(url)
    yield made(app, engine)
    engine.dispose()
    app.extensions["database"].dispose()


def made(app: Flask, engine: sa.Engine) -> World:
    """Return a world in which nobody has acted yet, served by `app`; all its time is one clock's."""
    clock = Clock()
    served = app.extensions["database"]

    @sa.event.listens_for(orm.Session, "after_begin")
    def _tell_the_time(session: orm.Session, _transaction: object, connection: sa.Connection) -> None:
        if connection.engine.url == served.url:
            session.info[FIXED] = clock

    transactions = Transactions(engine, clock)
    with transactions.writing() as session:
        table = lay(session)
        for member in table.cast.of(factories.US):
            _named(session, member)
    return World(app, table, clock, transactions)


def _named(session: orm.Session, member: Membership) -> None:
    account = session.get_one(Account, member.account_id)
    account.name = f"{PERSON} {account.name}"
    account.email = f"{PERSON.lower()}-{account.email}"


Act = Callable[[World], None]


def play(world: World, *, internally: bool) -> None:
    """Do what all sides see; between each act and the next, if `internally`, what the United States does by itself."""
    for act in SHARED:
        if internally:
            work_internally(world)
        act(world)
    if internally:
        work_internally(world)


def work_internally(world: World) -> None:
    """Do once everything that the United States can do by itself, in no time."""
    with world.by_themselves():
        for act in INTERNAL:
            act(world)


# -- what all sides see ----------------------------------------------------------------


def _amend(world: World) -> None:
    drafter = world.who("us_drafter").opens(f"/paragraphs/{world.table.paragraph.id}/drafts/new")
    drafter.presses("Save as my private draft", en="Both should publish all rules.", zh="双方应公布全部规则。")
    drafter.presses("Table this text")


def _answer(world: World) -> None:
    world.who("cn_drafter").opens(f"/paragraphs/{world.table.paragraph.id}").presses("Accept amendment 1")


def _speak(world: World) -> None:
    paragraph = f"/paragraphs/{world.table.paragraph.id}"
    world.who("us_head").opens(paragraph).presses("Agree")
    world.who("cn_drafter").opens(paragraph).presses("Reserve", reason="Under review.")
    world.who("us_adviser").opens(paragraph).presses("Comment to both sides", comment="An open remark.")


def _add(world: World) -> None:
    place = {"place": f"after:{world.table.paragraph.id}"}
    drafter = world.who("cn_drafter").opens(f"/agreements/{world.table.agreement.id}/drafts/new")
    drafter.presses("Save as my private draft", en="A further point.", zh="另一要点。", **place)
    drafter.presses("Table this text")


def _issue(world: World) -> None:
    world.who("secretariat").opens(f"/agreements/{world.table.agreement.id}/closing").presses("Issue Rev.1")


SHARED: Final[tuple[Act, ...]] = (_amend, _answer, _speak, _issue, _add)


# -- what the United States does by itself ---------------------------------------------


TITLES: Final = {"title_en": f"{CANARY} title", "title_zh": f"{CANARY}标题"}


def _keep_a_draft(world: World) -> None:
    path = f"/agreements/{world.table.agreement.id}/drafts/new"
    world.who("us_drafter").opens(path).presses(
        "Save as my private draft", en=f"{CANARY} text.", zh=f"{CANARY}案文。", rationale=f"{CANARY} why", **TITLES
    )


def _share_a_draft(world: World) -> None:
    drafter = world.who("us_translator").opens(f"/paragraphs/{world.table.paragraph.id}/drafts/new")
    drafter.presses("Save as my private draft", en=f"{CANARY} change.", zh=f"{CANARY}修改。")
    drafter.presses("Share in my delegation").presses("Save", rationale=f"{CANARY} because")


def _put_one_away(world: World) -> None:
    drafter = world.who("us_head").opens(f"/agreements/{world.table.agreement.id}/agenda/new")
    drafter.presses("Save as my private draft", en=f"{CANARY} item.", zh=f"{CANARY}项目。", **TITLES)
    drafter.presses("Put away")


def _remark(world: World) -> None:
    """Talk among ourselves of the paragraph and of its words, name a colleague, give a task, settle it."""
    paragraph = f"/paragraphs/{world.table.paragraph.id}"
    name = f"@{world.table.cast.us_head.account.name}"
    world.who("us_adviser").opens(paragraph).presses(
        "Note for our delegation", comment=f"{CANARY} {name} remark", quoted="publish", language="en"
    )
    head = world.who("us_head").opens(paragraph)
    head.presses("Note for our delegation", comment=f"{CANARY} note")
    thread = _own(world, Thread)
    head.opens(f"/threads/{thread}").presses("Reply to our delegation", comment=f"{CANARY} reply")
    head.follows("Make it a task").presses("Give this task", due="2026-03-02T09:00")
    head.opens(f"/threads/{thread}").follows("Edit").presses("Save the edit", comment=f"{CANARY} edited")
    head.opens(f"/threads/{thread}").presses("Resolve").presses("Reopen")


def _hand_over(world: World) -> None:
    draft = _own(world, Draft)
    world.who("us_translator").opens(f"/drafts/{draft}/hand-over").presses(
        "Hand over", request=f"{CANARY} please", due="2026-03-02T09:00"
    )


def _type(world: World) -> None:
    """Let the page of a draft save by itself, until one save is passed over."""
    path = f"/drafts/{_own(world, Draft)}"
    typing = world.who("us_translator").opens(path)
    token = str(typing.page.xpath("//input[@name='csrf_token']/@value")[0])
    version = typing.typed("version")
    for number in range(3):
        texts = [(language, f"{CANARY} typed {number}.") for language in ("en", "zh")]
        typing.sends(f"{path}/autosave", [("csrf_token", token), ("version", version), *texts])
        version = str(json.loads(typing.body)["version"])


def _invite(world: World) -> None:
    """Ask two to join, and take one of them back."""
    head, members = world.who("us_head"), f"/dialogues/{world.table.cast.dialogue.id}"
    for number in range(2):
        page = head.opens(f"{members}/invitations/new")
        [seat] = [str(one.get("value")) for one in page.page.iter("option") if "adviser" in str(one.get("value"))]
        page.presses("Invite", email=f"{CANARY.lower()}-{number}-{world.clock.time:%H%M%S}@example.org", seat=seat)
    head.opens(f"{members}/members").presses("Withdraw")


def _arrange(world: World) -> None:
    """Look at everything that is being prepared, and at how it stood before."""
    drafter, agreement = world.who("us_drafter"), f"/agreements/{world.table.agreement.id}"
    for path in (f"{agreement}/outline", f"{agreement}/tabling", f"/drafts/{_own(world, Draft)}/states"):
        assert drafter.opens(path).status == 200, path


def _own(world: World, kind: type[Thread] | type[Draft]) -> UUID:
    """Return the key of the newest thread or draft of the United States that its whole delegation reads."""
    ours = (
        Thread.scope == Scope.DELEGATION if kind is Thread else sa.and_(Draft.is_shared, Draft.discarded_at.is_(None))
    )
    newest = kind.at if kind is Thread else kind.began_at  # type: ignore[union-attr]  # as each has it
    with world.transactions.reading() as session:
        return session.scalars(sa.select(kind.id).where(ours).order_by(newest.desc()).limit(1)).one()


def _take_home(world: World) -> None:
    world.who("us_head").opens(f"/agreements/{world.table.agreement.id}/documents").presses("Make and download")


def _look(world: World) -> None:
    world.who("us_drafter").opens(f"/agreements/{world.table.agreement.id}").presses("I have looked at this text")


INTERNAL: Final[tuple[Act, ...]] = (
    _keep_a_draft,
    _share_a_draft,
    _put_one_away,
    _remark,
    _hand_over,
    _invite,
    _arrange,
    _take_home,
    _look,
    _type,
)
