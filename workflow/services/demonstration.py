"""The demonstration: the dialogue's real agreements, and an exercise session played through the rules.

Nothing is put into the database here that a delegation could not have done itself: the
exercise is a series of acts by the members of a made-up cast, who carry the names of their
roles, at fixed moments, so that every demonstration is the same. What they say stands in
``data/exercise-script.yaml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa
import yaml
from sqlalchemy import orm

from workflow.dialogue_file import DialogueFile, read
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.discussion import quote
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.positions import Stance
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.models import Account, Agreement, Dialogue, Disposition, Draft, Membership, Paragraph, Scope, Thread
from workflow.permissions import Role
from workflow.resources import DATA
from workflow.services import (
    agenda,
    amendments,
    certificates,
    deferrals,
    dialogues,
    drafts,
    issues,
    members,
    positions,
    tasks,
    threads,
)
from workflow.services.clock import FIXED
from workflow.services.drafts import Place
from workflow.services.reading import carried_items

DIALOGUE: Final = "digital-economy"
AGREEMENT: Final = "exercise"
PASSWORD: Final = "demonstration"  # noqa: S105 -- meant to be known: every account of the demonstration has it
"""The password of every demonstration account; printed at the start and in the README."""

BEGINS: Final = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""When the exercise begins: a Monday morning in New York, weeks before the days its session is set for."""
LASTS: Final = timedelta(days=19)
"""How long the exercise runs, with room to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """Somebody made up, called by the role."""

    key: str
    name: str
    role: Role
    side: str | None = None

    @property
    def email(self) -> str:
        """What is typed at sign-in."""
        return f"{self.key}@demo.example"


CAST: Final = (
    CastMember(key="us.head", name="U.S. head", role=Role.HEAD, side="US"),
    CastMember(key="us.drafter", name="U.S. drafter", role=Role.DRAFTER, side="US"),
    CastMember(key="us.translator", name="U.S. translator", role=Role.TRANSLATOR, side="US"),
    CastMember(key="us.adviser", name="U.S. adviser", role=Role.ADVISER, side="US"),
    CastMember(key="cn.head", name="Chinese head", role=Role.HEAD, side="CN"),
    CastMember(key="cn.drafter", name="Chinese drafter", role=Role.DRAFTER, side="CN"),
    CastMember(key="cn.translator", name="Chinese translator", role=Role.TRANSLATOR, side="CN"),
    CastMember(key="cn.adviser", name="Chinese adviser", role=Role.ADVISER, side="CN"),
    CastMember(key="observer", name="Observer", role=Role.OBSERVER),
    CastMember(key="secretariat", name="Secretariat", role=Role.SECRETARIAT),
)


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
    clock = _Calendar()
    before = session.info.get(FIXED)
    session.info[FIXED] = clock
    try:
        dialogue = dialogues.load(session, file())
        cast = _seat(session, dialogue, password)
        agreement = dialogues.find_agreement(session, AGREEMENT)
        assert agreement is not None  # noqa: S101 -- it stands in the file; for the type checker
        _play(_Exercise(session, agreement, cast, clock))
    finally:
        session.info[FIXED] = before
    return dialogue


class _Calendar:
    """Tells the time of the exercise. Every look moves it on by a second, so that nothing happens at once."""

    def __init__(self) -> None:
        # On a machine whose clock is behind, the exercise happened earlier rather than in the future.
        self._begins = min(BEGINS, datetime.now(UTC).replace(microsecond=0) - LASTS)
        self._time = self._begins

    def __call__(self) -> datetime:
        """Return the time, and move on."""
        told = self._time
        self._time += timedelta(seconds=1)
        return told

    def turn_to(self, day: int, hour: int = 0) -> None:
        """Move on to `hour` hours into `day` of the exercise, the first being day 0."""
        self._time = max(self._time, self._begins + timedelta(days=day, hours=hour))

    def pause(self) -> None:
        """Let seven minutes pass."""
        self._time += timedelta(minutes=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said in the exercise, by the names that `_play` uses."""

    texts: Mapping[str, Bilingual]
    titles: Mapping[str, Bilingual]
    rationales: Mapping[str, str]
    reservations: Mapping[str, str]
    withdrawals: Mapping[str, str]
    comments: Mapping[str, str]


def script() -> Script:
    """Return what is said in the exercise."""
    said = yaml.safe_load((DATA / "exercise-script.yaml").read_text(encoding="utf-8"))
    return Script(
        texts={key: Bilingual(**text) for key, text in said["texts"].items()},
        titles={key: Bilingual(**text) for key, text in said["titles"].items()},
        rationales=said["rationales"],
        reservations=said["reservations"],
        withdrawals=said["withdrawals"],
        comments=said["comments"],
    )


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


class _Exercise:
    """The table at which the cast sits: each act in one line, through the services."""

    def __init__(
        self, session: orm.Session, agreement: Agreement, cast: Mapping[str, Membership], clock: _Calendar
    ) -> None:
        self.session = session
        self.agreement = agreement
        self.cast = cast
        self.clock = clock
        self.script = script()
        self.paragraphs: dict[str, Paragraph] = {}

    def draft(
        self,
        text: str,
        *,
        by: str,
        under: str | None = None,
        kind: ParagraphKind = ParagraphKind.NARRATIVE,
        tags: frozenset[Tag] = frozenset(),
        speaker: str | None = None,
        addressee: str | None = None,
        drafted_in: Language = Language.EN,
    ) -> Draft:
        """Have `by` begin a draft of a new paragraph, last under the paragraph `under`."""
        self.clock.pause()
        label_style = {
            ParagraphKind.BULLET: LabelStyle.BULLET,
            ParagraphKind.NUMBERED_ITEM: LabelStyle.PARENTHESISED,
        }.get(kind, LabelStyle.NONE)
        place = Place(
            parent=self.paragraphs[under].id if under else None,
            kind=kind,
            label_style=label_style,
            tags=tags,
            speaker=speaker,
            addressee=addressee,
            working_title=self.script.titles.get(text, NOTHING),
        )
        return drafts.begin_addition(
            self.session,
            agreement=self.agreement,
            by=self.cast[by],
            place=place,
            text=self.script.texts[text],
            drafted_in=drafted_in,
        )

    def redraft(
        self, paragraph: str, text: str | None, *, by: str, kind: AmendmentKind = AmendmentKind.MOD, why: str = ""
    ) -> Draft:
        """Have `by` begin a draft of a change to `paragraph`; no `text` deletes it."""
        self.clock.pause()
        changed = self.paragraphs[paragraph]
        return drafts.begin_amendment(
            self.session,
            paragraph=changed,
            by=self.cast[by],
            kind=kind,
            text=self.script.texts[text] if text else NOTHING,
            against=changed.base,
            rationale=self.script.rationales[why] if why else "",
        )

    def share(self, draft: Draft, *, by: str) -> None:
        """Have `by` show `draft` to the own delegation."""
        drafts.share(self.session, draft=draft, by=self.cast[by])

    def part(self, draft: Draft, *, by: str) -> None:
        """Have `by` make the first change of `draft` a point of its own: the other side can take either alone."""
        [everything] = drafts.points_of(draft)
        apart = {one: [1, *[2] * (len(everything[one]) - 1)] for one in Language}
        points = drafts.rearranged(draft, "chosen", apart)
        drafts.group(self.session, draft=draft, by=self.cast[by], points=points, version=draft.version)
        drafts.save(
            self.session,
            draft=draft,
            by=self.cast[by],
            text=draft.text,
            rationale=draft.rationale,
            version=draft.version,
            is_severable=True,
        )

    def table(self, name: str, draft: Draft, *, by: str) -> None:
        """Have `by` put `draft` before the other side, as (a change to) the paragraph `name`."""
        self.share(draft, by=by)
        self.clock.pause()
        made = amendments.table(self.session, draft=draft, by=self.cast[by], version=draft.version)
        self.paragraphs[name] = made.paragraph

    def accept(self, *names: str, by: str) -> None:
        """Have `by` accept the other side's amendment to each of the paragraphs `names`."""
        for name in names:
            self.clock.pause()
            side = self.cast[by].delegation
            [tabled] = [one for one in self.paragraphs[name].live_amendments if one.delegation is not side]
            amendments.accept(self.session, amendment=tabled, by=self.cast[by])

    def accept_in_part(self, name: str, *points: int, by: str) -> None:
        """Have `by` accept these points of the other side's amendment to `name`, and not the others."""
        self.clock.pause()
        side = self.cast[by].delegation
        [tabled] = [one for one in self.paragraphs[name].live_amendments if one.delegation is not side]
        amendments.accept_in_part(self.session, amendment=tabled, by=self.cast[by], points=frozenset(points))

    def keep(self, name: str, *, by: str) -> None:
        """Have `by` leave the other side's amendment to `name` in brackets."""
        self.clock.pause()
        side = self.cast[by].delegation
        for tabled in self.paragraphs[name].live_amendments:
            if tabled.delegation is not side:
                amendments.keep_in_brackets(self.session, amendment=tabled, by=self.cast[by])

    def withdraw(self, name: str, *, by: str) -> None:
        """Have `by` take back what the own side tabled to `name`."""
        self.clock.pause()
        [tabled] = self.paragraphs[name].live_amendments
        amendments.withdraw(self.session, amendment=tabled, by=self.cast[by])

    def agree(self, *names: str, by: str) -> None:
        """Have the head `by` give the side's final word on each of `names`."""
        for name in names:
            self._take(name, by, Stance.AGREE)

    def reserve(self, name: str, *, by: str) -> None:
        """Have `by` withhold agreement to `name`, with the reason the script gives."""
        self._take(name, by, Stance.RESERVE, reason=self.script.reservations[name])

    def reopen(self, name: str, *, by: str) -> None:
        """Have the head `by` take back what the own side said of `name`, with the reason the script gives."""
        self._take(name, by, Stance.WITHDRAWN, reason=self.script.withdrawals[name])

    def certify(self, *names: str) -> None:
        """Have both translators certify the two texts of each of `names`."""
        for name in names:
            for translator in ("us.translator", "cn.translator"):
                self.clock.pause()
                paragraph = self.paragraphs[name]
                certificates.certify(
                    self.session, paragraph=paragraph, by=self.cast[translator], face=self._face(paragraph)
                )

    def defer(self, name: str, *, by: str) -> None:
        """Have `by` consent to carry `name` over to the next session."""
        self.clock.pause()
        paragraph = self.paragraphs[name]
        deferrals.consent(self.session, paragraph=paragraph, by=self.cast[by], face=self._face(paragraph))

    def say(
        self,
        comment: str,
        name: str,
        *,
        by: str,
        scope: Scope = Scope.SHARED,
        quoting: str = "",
        language: Language = Language.EN,
    ) -> Thread:
        """Have `by` begin a thread about the paragraph `name`, or about words of it."""
        self.clock.pause()
        paragraph = self.paragraphs[name]
        text = paragraph.text or NOTHING
        return threads.begin(
            self.session,
            paragraph=paragraph,
            by=self.cast[by],
            scope=scope,
            text=self.script.comments[comment],
            quotation=quote(text, quoting, language=language, which=None) if quoting else None,
            base=paragraph.base,
        )

    def reply(self, comment: str, thread: Thread, *, by: str) -> None:
        """Have `by` reply in `thread`."""
        self.clock.pause()
        threads.reply(self.session, thread=thread, by=self.cast[by], text=self.script.comments[comment])

    def resolve(self, thread: Thread, *, by: str) -> None:
        """Have `by` take `thread` for resolved."""
        self.clock.pause()
        threads.resolve(self.session, thread=thread, by=self.cast[by])

    def give(self, thread: Thread, *, by: str, to: str, days: int) -> None:
        """Have `by` give the first comment of `thread` to the colleague `to`, to see to within `days`."""
        self.clock.pause()
        due = (self.clock() + timedelta(days=days)).replace(minute=0, second=0)
        tasks.give(self.session, comment=thread.comments[0], by=self.cast[by], to=self.cast[to].id, due=due)

    def issue(self) -> None:
        """Have the secretariat issue the text as the next Rev."""
        self.clock.pause()
        issues.issue(self.session, agreement=self.agreement, by=self.cast["secretariat"])

    def dispose(self, key: str, disposition: Disposition) -> None:
        """Have the secretariat record what the session did with the carried item whose paragraph is `key`."""
        self.clock.pause()
        meeting = self.agreement.session
        [item] = [one for one in carried_items(self.session, meeting) if one.paragraph.key == key]
        agenda.dispose(self.session, item=item, meeting=meeting, by=self.cast["secretariat"], disposition=disposition)

    def _take(self, name: str, by: str, stance: Stance, reason: str = "") -> None:
        self.clock.pause()
        paragraph = self.paragraphs[name]
        positions.take(
            self.session,
            paragraph=paragraph,
            by=self.cast[by],
            stance=stance,
            face=self._face(paragraph),
            reason=reason,
        )

    def _face(self, paragraph: Paragraph) -> str:
        return self.agreement.faces[paragraph.id]


HEADINGS: Final = ("data-heading", "supply-heading", "ai-heading", "development-heading", "next-heading")
_ADVICE: Final = frozenset({Tag.RECOMMENDATION})
_GOVERNMENTS: Final = "governments"


def _play(table: _Exercise) -> None:
    """Play the exercise, day by day."""
    _lay_out(table)
    _first_reading(table)
    _second_reading(table)
    _third_reading(table)


def _lay_out(table: _Exercise) -> None:
    """Days 0 and 1: purpose and headings, and the first recommendations of both sides."""
    clock = table.clock
    clock.turn_to(0)
    table.table("preamble", table.draft("preamble", by="us.drafter"), by="us.drafter")
    for heading in HEADINGS:
        table.table(heading, table.draft(heading, by="us.drafter", kind=ParagraphKind.HEADING), by="us.drafter")
    clock.turn_to(0, 11)
    table.accept("preamble", *HEADINGS, by="cn.drafter")

    clock.turn_to(1)
    for name in ("criteria", "commercial-data"):
        draft = table.draft(name, by="us.drafter", under="data-heading", tags=_ADVICE, addressee=_GOVERNMENTS)
        table.table(name, draft, by="us.drafter")
    draft = table.draft(
        "supply-lead-in",
        by="us.drafter",
        under="supply-heading",
        kind=ParagraphKind.LEAD_IN,
        addressee=_GOVERNMENTS,
    )
    table.table("supply-lead-in", draft, by="us.drafter")
    for name in ("reasons", "notice", "testing"):
        draft = table.draft(
            name,
            by="us.drafter",
            under="supply-lead-in",
            kind=ParagraphKind.BULLET,
            tags=_ADVICE,
            addressee=_GOVERNMENTS,
        )
        table.table(name, draft, by="us.drafter")
    clock.turn_to(1, 12)
    draft = table.draft("customs", by="cn.drafter", under="supply-heading", tags=_ADVICE, drafted_in=Language.ZH)
    table.table("customs", draft, by="cn.drafter")
    for name, under in (("computing", "ai-heading"), ("small-companies", "development-heading")):
        draft = table.draft(
            name, by="cn.drafter", under=under, tags=_ADVICE, addressee=_GOVERNMENTS, drafted_in=Language.ZH
        )
        table.table(name, draft, by="cn.drafter")
    clock.turn_to(2)
    draft = table.draft("hearing", by="us.drafter", under="development-heading", tags=_ADVICE, addressee=_GOVERNMENTS)
    table.table("hearing", draft, by="us.drafter")
    draft = table.draft("next-lead-in", by="us.drafter", under="next-heading", kind=ParagraphKind.LEAD_IN)
    table.table("next-lead-in", draft, by="us.drafter")
    clock.turn_to(2, 2)
    table.issue()


def _first_reading(table: _Exercise) -> None:
    """Days 3 to 8: what both sides can live with becomes common text; one side thinks better of something."""
    clock = table.clock
    clock.turn_to(3, 12)
    table.accept(
        "criteria",
        "commercial-data",
        "supply-lead-in",
        "reasons",
        "notice",
        "testing",
        "next-lead-in",
        by="cn.drafter",
    )
    clock.turn_to(4)
    table.accept("customs", "computing", "small-companies", by="us.drafter")
    clock.turn_to(4, 3)
    table.withdraw("hearing", by="us.drafter")
    clock.turn_to(7)
    yearly = table.redraft("commercial-data", "commercial-data-us", by="us.drafter", why="commercial-data-us")
    table.table("commercial-data", yearly, by="us.drafter")
    reviewed = table.say("commercial-data-us-shared", "commercial-data", by="us.drafter")
    clock.turn_to(7, 12)
    table.table(
        "commercial-data",
        table.redraft("commercial-data", "commercial-data-cn", by="cn.drafter", why="commercial-data-cn"),
        by="cn.drafter",
    )
    table.reply("commercial-data-cn-shared", reviewed, by="cn.drafter")
    table.say("commercial-data-cn-internal", "commercial-data", by="cn.translator", scope=Scope.DELEGATION)
    clock.turn_to(8)
    table.keep("commercial-data", by="us.drafter")


def _second_reading(table: _Exercise) -> None:
    """Days 8 to 11: an editorial change, a deletion, a deferral; new proposals on artificial intelligence."""
    clock = table.clock
    clock.turn_to(8, 3)
    table.say(
        "supply-lead-in-us-internal",
        "supply-lead-in",
        by="us.adviser",
        scope=Scope.DELEGATION,
        quoting="digital supply chains",
    )
    clock.turn_to(8, 11)
    editorial = table.say(
        "supply-lead-in-cn-shared",
        "supply-lead-in",
        by="cn.translator",
        quoting="数字供应链",
        language=Language.ZH,
    )
    table.table(
        "supply-lead-in",
        table.redraft(
            "supply-lead-in",
            "supply-lead-in-editorial",
            by="cn.drafter",
            kind=AmendmentKind.EDITORIAL,
            why="supply-lead-in-editorial",
        ),
        by="cn.drafter",
    )
    clock.turn_to(9)
    table.accept("supply-lead-in", by="us.drafter")
    table.resolve(editorial, by="us.drafter")
    table.table(
        "customs",
        table.redraft("customs", None, by="us.drafter", kind=AmendmentKind.SUP, why="customs"),
        by="us.drafter",
    )
    draft = table.draft("incidents", by="us.drafter", under="ai-heading", tags=_ADVICE, addressee=_GOVERNMENTS)
    table.table("incidents", draft, by="us.drafter")
    table.defer("computing", by="us.drafter")
    clock.turn_to(9, 12)
    table.accept("customs", by="cn.drafter")
    table.defer("computing", by="cn.drafter")
    draft = table.draft("joint-research", by="cn.drafter", under="ai-heading", tags=_ADVICE, drafted_in=Language.ZH)
    table.table("joint-research", draft, by="cn.drafter")
    clock.turn_to(10)
    table.say("computing-secretariat", "computing", by="secretariat")
    table.say("joint-research-us-shared", "joint-research", by="us.translator")
    clock.turn_to(10, 11)
    table.table(
        "incidents", table.redraft("incidents", "incidents-cn", by="cn.drafter", why="incidents-cn"), by="cn.drafter"
    )
    table.say("incidents-us-internal", "incidents", by="us.drafter", scope=Scope.DELEGATION)
    clock.turn_to(11)
    draft = table.draft(
        "taxation",
        by="us.drafter",
        under="next-lead-in",
        kind=ParagraphKind.NUMBERED_ITEM,
        tags=frozenset({Tag.AGENDA_ITEM}),
        addressee=_GOVERNMENTS,
    )
    table.table("taxation", draft, by="us.drafter")
    clock.turn_to(11, 3)
    table.issue()


def _third_reading(table: _Exercise) -> None:
    """Days 14 to 17: the heads speak, the language officers certify; what is left open stays open for the visitor."""
    clock = table.clock
    settled = ("preamble", *HEADINGS, "criteria", "supply-lead-in", "reasons")
    clock.turn_to(14)
    table.agree(*settled, by="us.head")
    clock.turn_to(14, 11)
    table.agree(*settled, by="cn.head")
    clock.turn_to(15)
    table.certify(*settled)
    clock.turn_to(15, 11)
    table.agree("small-companies", by="cn.head")
    table.reserve("testing", by="cn.head")
    _take_apart(table)
    clock.turn_to(16)
    table.reopen("reasons", by="us.head")
    asked = table.say("testing-us-internal", "testing", by="us.adviser", scope=Scope.DELEGATION)
    table.give(asked, by="us.head", to="us.drafter", days=30)
    table.say("testing-us-shared", "testing", by="us.drafter")
    table.say("notice-us-internal", "notice", by="us.drafter", scope=Scope.DELEGATION)
    table.draft("contact-us-draft", by="us.drafter", under="data-heading", tags=_ADVICE, addressee=_GOVERNMENTS)
    counterpart = table.redraft("joint-research", "joint-research-us-draft", by="us.translator")
    table.share(counterpart, by="us.translator")
    table.dispose("third-country-trade", Disposition.KEPT)
    clock.turn_to(16, 12)
    sixty_days = table.redraft("notice", "notice-cn-draft", by="cn.drafter")
    table.share(sixty_days, by="cn.drafter")
    table.say("notice-cn-internal", "notice", by="cn.drafter", scope=Scope.DELEGATION)
    table.draft("talent-cn-draft", by="cn.drafter", under="development-heading", tags=_ADVICE, drafted_in=Language.ZH)
    draft = table.draft(
        "infrastructure", by="cn.drafter", under="development-heading", speaker="CN", drafted_in=Language.ZH
    )
    table.table("infrastructure", draft, by="cn.drafter")


def _take_apart(table: _Exercise) -> None:
    """Day 15: both sides amend one paragraph; one point is taken, one stays, and what the other side wrote collides."""
    standards = table.redraft("small-companies", "small-companies-us", by="us.drafter", why="small-companies-us")
    table.table("small-companies", standards, by="us.drafter")
    start_ups = table.redraft("small-companies", "small-companies-cn", by="cn.drafter", why="small-companies-cn")
    table.part(start_ups, by="cn.drafter")
    table.table("small-companies", start_ups, by="cn.drafter")
    table.accept_in_part("small-companies", 2, by="us.drafter")
