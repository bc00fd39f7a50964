"""What happens in the exercise, day by day."""

from typing import Final

from workflow.domain.bilingual import Language
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.text import ParagraphKind, Tag
from workflow.models import Disposition, Scope
from workflow.services.demonstration.exercise import Exercise

HEADINGS: Final = ("data-heading", "supply-heading", "ai-heading", "development-heading", "next-heading")
_ADVICE: Final = frozenset({Tag.RECOMMENDATION})
_GOVERNMENTS: Final = "governments"


def play(table: Exercise) -> None:
    """Play the exercise, day by day."""
    _lay_out(table)
    _first_reading(table)
    _second_reading(table)
    _third_reading(table)


def _lay_out(table: Exercise) -> None:
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


def _first_reading(table: Exercise) -> None:
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


def _second_reading(table: Exercise) -> None:
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


def _third_reading(table: Exercise) -> None:
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
    contact = table.draft(
        "contact-us-draft", by="us.drafter", under="data-heading", tags=_ADVICE, addressee=_GOVERNMENTS
    )
    table.share(contact, by="us.drafter")
    table.correct(contact, "contact-us-head", by="us.head")
    table.hand_over(contact, "contact-us-chinese", by="us.drafter", to="us.translator", day=24, hour=9)
    skills = table.draft("skills-us-heading", by="us.drafter", kind=ParagraphKind.HEADING)
    table.draft("skills-us-draft", by="us.drafter", under=skills, tags=_ADVICE)
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


def _take_apart(table: Exercise) -> None:
    """Day 15: both sides amend one paragraph; one point is taken, one stays, and what the other side wrote collides."""
    standards = table.redraft("small-companies", "small-companies-us", by="us.drafter", why="small-companies-us")
    table.table("small-companies", standards, by="us.drafter")
    start_ups = table.redraft("small-companies", "small-companies-cn", by="cn.drafter", why="small-companies-cn")
    table.part(start_ups, by="cn.drafter")
    table.table("small-companies", start_ups, by="cn.drafter")
    table.accept_in_part("small-companies", 2, by="us.drafter")
