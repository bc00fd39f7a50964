"""Every rule of the negotiation in a sentence: `docs/rules.md`, number by number, as the domain keeps it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from tests.domain.states import BASE, FACE, OTHER, SIDES, TEXT, added, addition, agreement, amendment, paragraph, said
from tests.domain.wordings import WORDS, asking
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.brackets import NOBODY, brackets_in, placeholders
from workflow.domain.closing import Cause, in_effect, obstacles, refusals_to_adopt
from workflow.domain.content import ListedParagraph, content_hash, listing_hash
from workflow.domain.corrigenda import Correction, corrected
from workflow.domain.corrigenda import refusals as refusals_of_correction
from workflow.domain.finalising import Fate, plan, unsettled
from workflow.domain.motions import SETTLED_BY_DRAFTERS, MotionAct, MotionKind, MotionMove, MotionState, Voice, carries
from workflow.domain.motions import refusals as refusals_of_motion
from workflow.domain.negotiating import Negotiating
from workflow.domain.negotiation import (
    Act,
    AmendmentKind,
    Move,
    ParagraphState,
    Refusal,
    Stage,
    Standing,
    refusals,
    takes_effect,
)
from workflow.domain.points import Change, Point, applied, carried, parted, rest_of, whole
from workflow.domain.positions import PositionTaken, Stance, in_force
from workflow.domain.silence import SilenceState
from workflow.domain.silence import state as silence
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.permissions import GRANTS, PERMISSION_FOR, Permission, Role

Rule = tuple[int, str, Callable[[], bool]]
DAY, LASTS, SECOND = datetime(2026, 11, 20, tzinfo=UTC), timedelta(days=1), timedelta(seconds=1)
HEAD, DRAFTER = UUID(int=7), UUID(int=8)
POINTS: Final = (
    Point((Change(0, 4, "All"),), (Change(0, 2, "各方"),)),
    Point((Change(11, 17, "must"),), (Change(2, 3, "须"),)),
)
UNSPOKEN: Final = paragraph(live=(amendment(),), positions={})
DELETED: Final = paragraph(
    is_deleted=True, current=NOTHING, positions=dict.fromkeys(SIDES, said(Stance.AD_REFERENDUM, by_head=False))
)
ACCEPTED_BY_ONE: Final = amendment("CN", accepted_by=frozenset({"EU"}))
KEPT_BY_HEAD: Final = amendment("CN", kept_by=frozenset({"US"}), answered_by_heads=frozenset({"US"}))
SEVERABLE: Final = amendment("CN", points=POINTS, is_severable=True)


def refused(state: ParagraphState, act: Act, by: str = "US", **about: object) -> tuple[Refusal, ...]:
    usual: dict[str, object] = {"act": act, "by": by, "face": FACE, "base": BASE, "as_head": True}
    return refusals(state, Move(**(usual | about)))  # type: ignore[arg-type]  # the fields of a Move


def named(*, kind: ParagraphKind = ParagraphKind.NARRATIVE, text: Bilingual = TEXT, **about: object) -> str:
    usual: dict[str, object] = {"tags": frozenset(), "speaker": None, "governing": None}
    return content_hash(text, kind=kind, **(usual | about))  # type: ignore[arg-type]  # what a hash covers


def listed(*hashes: str) -> str:
    return listing_hash(
        [ListedParagraph(depth=0, label_style=LabelStyle.NONE, wording=1, content_hash=one) for one in hashes], []
    )


def word(stance: Stance, *, member: UUID = HEAD, as_head: bool = True, for_head: bool = False) -> PositionTaken:
    return PositionTaken(by="US", member=member, as_head=as_head, for_head=for_head, stance=stance, content_hash=FACE)


def stands(*words: PositionTaken, on: str = FACE) -> Stance | None:
    found = in_force(words, by="US", on=on)
    return found.stance if found else None


def causes(**changes: object) -> set[Cause]:
    return {one.cause for one in obstacles(agreement(paragraph(**changes)))}


def may(role: Role, permission: Permission) -> bool:
    return any(role in grant.roles for grant in GRANTS[permission])


CURRENT: Final = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")
SHOULD: Final = Bilingual("Both sides should meet every year.", "双方应当每年会晤。")
MAY: Final = Bilingual("Both sides may meet every year.", "双方可每年会晤。")
BRACKETED: Final = Negotiating.of(CURRENT, {"US": asking(CURRENT, SHOULD), "CN": asking(CURRENT, MAY)}, sides=SIDES)
IN_ENGLISH, IN_CHINESE = (next(brackets_in(BRACKETED[language])) for language in Language)
ADDED: Final = Negotiating.of_addition(CURRENT, by="US", sides=SIDES)
ON_TABLE: Final = addition("CN")
MOTION: Final = MotionState(kind=MotionKind.MOVE, by="US", stands_on="order", says={"US": Voice.CONSENTS})
LATE: Final = amendment("CN", against=UUID(int=99))

RULES: Final[tuple[Rule, ...]] = (
    (
        1,
        "headings carry consent like any text: their kind is part of what is agreed",
        lambda: named(kind=ParagraphKind.HEADING) != named(kind=ParagraphKind.NARRATIVE),
    ),
    (
        1,
        "a recommendation is a tag on a paragraph, and a one-sided statement names its speaker",
        lambda: len({named(), named(tags=frozenset({Tag.RECOMMENDATION})), named(speaker="CN")}) == 3,
    ),
    (
        2,
        "a wording is a pair: both texts make it, and the listing names each by number",
        lambda: listed(named()) != listed(named(), named()),
    ),
    (
        3,
        "a changed character in either language is another text",
        lambda: (
            len(
                {named(), named(text=Bilingual(TEXT.en + " ", TEXT.zh)), named(text=Bilingual(TEXT.en, TEXT.zh + "。"))}
            )
            == 3
        ),
    ),
    (3, "a changed lead-in changes what stands under it", lambda: named(governing="one") != named(governing="other")),
    (3, "a position on another hash does not count", lambda: stands(word(Stance.AGREE), on="another") is None),
    (
        4,
        "another order is another listing, so that an adoption of the old one lapses",
        lambda: listed("a", "b") != listed("b", "a"),
    ),
    (
        4,
        "a move takes the consent of every side",
        lambda: carries(MOTION, by="CN", sides=SIDES) and not carries(MOTION, by="CN", sides=(*SIDES, "EU")),
    ),
    (
        4,
        "what is put elsewhere is settled by drafters",
        lambda: MotionKind.MOVE in SETTLED_BY_DRAFTERS and may(Role.DRAFTER, Permission.MOVE),
    ),
    (
        5,
        "a text in one language can be tabled",
        lambda: refused(paragraph(), Act.TABLE_AMENDMENT, wanted=Bilingual("One only.", "")) == (),
    ),
    (
        5,
        "and cannot be accepted before the other stands",
        lambda: (
            refused(
                paragraph(live=(replace(ON_TABLE, kind=AmendmentKind.MOD, against=BASE, text=Bilingual("x", "")),)),
                Act.ACCEPT,
                amendment=ON_TABLE.key,
            )
            == (Refusal.COUNTERPART_PENDING,)
        ),
    ),
    (
        5,
        "nor given a position",
        lambda: Refusal.COUNTERPART_PENDING in refused(paragraph(current=Bilingual("x", ""), positions={}), Act.AGREE),
    ),
    (
        6,
        "a text recorded as published is not negotiated",
        lambda: Refusal.RECORDED_AS_PUBLISHED in refused(paragraph(stage=Stage.RECORDED), Act.AGREE),
    ),
    (
        6,
        "and adopted by nobody",
        lambda: (
            refusals_to_adopt(agreement(stage=Stage.RECORDED), by="US", listing_hash="listing")
            == (Refusal.RECORDED_AS_PUBLISHED,)
        ),
    ),
    (
        7,
        "an amendment is against a text its author has seen",
        lambda: Refusal.TEXT_HAS_CHANGED in refused(paragraph(), Act.TABLE_AMENDMENT, base=UUID(int=9), wanted=OTHER),
    ),
    (
        7,
        "a point spans both languages, and all points together are the text",
        lambda: applied(CURRENT, parted(whole(CURRENT, SHOULD, WORDS)[0])) == SHOULD,
    ),
    (7, "both languages show the same bracket", lambda: IN_ENGLISH.number == IN_CHINESE.number == 1),
    (
        8,
        "an author withdraws an addition that nobody has taken up",
        lambda: refused(added(ON_TABLE), Act.WITHDRAW_AMENDMENT, "CN", amendment=ON_TABLE.key) == (),
    ),
    (
        8,
        "and no longer once another side has amended it",
        lambda: (
            refused(
                added(ON_TABLE, amendment("US", against=ON_TABLE.key)),
                Act.WITHDRAW_AMENDMENT,
                "CN",
                amendment=ON_TABLE.key,
            )
            == (Refusal.OTHERS_HAVE_TAKEN_IT_UP,)
        ),
    ),
    (
        8,
        "afterwards by SUP only, which asks the others to let it go",
        lambda: (
            refused(
                added(ON_TABLE, amendment("US", against=ON_TABLE.key)),
                Act.TABLE_AMENDMENT,
                "CN",
                base=ON_TABLE.key,
                deletes=True,
            )
            == ()
        ),
    ),
    (
        9,
        "the last acceptance of every other delegation makes the wording",
        lambda: (
            takes_effect(paragraph(live=(SEVERABLE,)), Move(act=Act.ACCEPT, by="US", amendment=SEVERABLE.key))
            == frozenset()
            and takes_effect(
                paragraph(live=(SEVERABLE,), sides=(*SIDES, "EU")),
                Move(act=Act.ACCEPT, by="US", amendment=SEVERABLE.key),
            )
            is None
        ),
    ),
    (
        9,
        "what is accepted is held ad referendum and never final",
        lambda: stands(word(Stance.AGREE, as_head=False)) is Stance.AD_REFERENDUM,
    ),
    (
        10,
        "some points are taken without the others",
        lambda: (
            takes_effect(
                paragraph(live=(SEVERABLE,)),
                Move(act=Act.ACCEPT_IN_PART, by="US", amendment=SEVERABLE.key, chosen=frozenset({2})),
            )
            == frozenset({2})
        ),
    ),
    (
        10,
        "what is left reads, against the new wording, as its author wrote it",
        lambda: applied(applied(CURRENT, []), rest_of(whole(CURRENT, SHOULD, WORDS), ())) == SHOULD,
    ),
    (
        11,
        "an amendment against an earlier wording cannot be accepted",
        lambda: (
            refused(paragraph(live=(LATE,)), Act.ACCEPT, amendment=LATE.key) == (Refusal.MADE_AGAINST_EARLIER_TEXT,)
        ),
    ),
    (
        11,
        "its author carries it over",
        lambda: refused(paragraph(live=(LATE,)), Act.CARRY_OVER, "CN", amendment=LATE.key, wanted=OTHER) == (),
    ),
    (
        11,
        "but not where the same words were changed meanwhile",
        lambda: bool(carried(whole(CURRENT, SHOULD, WORDS), base=CURRENT, current=MAY, words=WORDS).colliding),
    ),
    (12, "an editorial change makes another text, like any change", lambda: named(text=OTHER) != named()),
    (
        13,
        "the secretariat takes no position, answers no amendment and adopts nothing",
        lambda: (
            not any(
                may(Role.SECRETARIAT, one)
                for one in (*PERMISSION_FOR.values(), Permission.ADOPT)
                if one is not Permission.COMMENT
            )
        ),
    ),
    (
        13,
        "it alone offers a compromise",
        lambda: [role for role in Role if may(role, Permission.OFFER_COMPROMISE)] == [Role.SECRETARIAT],
    ),
    (
        14,
        "a side that has neither accepted nor amended an addition reads nothing there",
        lambda: ADDED.read("CN").is_empty and ADDED.read(NOBODY).is_empty and ADDED.read("US") == CURRENT,
    ),
    (
        15,
        "the alternatives are what sides hold",
        lambda: (BRACKETED.read("US"), BRACKETED.read("CN"), BRACKETED.read(NOBODY)) == (SHOULD, MAY, CURRENT),
    ),
    (
        16,
        "a blank somebody typed is a bracket without a side",
        lambda: (
            placeholders("by [date]") == ("[date]",) and paragraph(has_placeholder=True).standing is Standing.BRACKETED
        ),
    ),
    (
        16,
        "a change in one language, without a word on the other, is a fault",
        lambda: bool(
            Negotiating.of(
                CURRENT, {"US": asking(CURRENT, Bilingual(SHOULD.en, CURRENT.zh))}, sides=SIDES
            ).in_one_language
        ),
    ),
    (17, "a bracket is counted once, in whichever language it is read", lambda: BRACKETED.open_brackets == 1),
    (
        18,
        "only a reservation blocks among what a head has said",
        lambda: (
            causes(positions={"US": said(Stance.RESERVE), "CN": said()}) == {Cause.RESERVATION}
            and causes(positions={"US": said(Stance.AGREE_WITH_STATEMENT), "CN": said()}) == set()
        ),
    ),
    (
        19,
        "a drafter never overwrites a head",
        lambda: refused(paragraph(), Act.RESERVE, as_head=False) == (Refusal.HEAD_HAS_SPOKEN,),
    ),
    (
        19,
        "of two heads either may agree, and either's reservation blocks",
        lambda: stands(word(Stance.RESERVE), word(Stance.AGREE, member=DRAFTER)) is Stance.RESERVE,
    ),
    (
        19,
        "what is recorded for a head stands ad referendum",
        lambda: stands(word(Stance.AGREE, as_head=False, for_head=True)) is Stance.AD_REFERENDUM,
    ),
    (
        20,
        "ad referendum blocks adoption",
        lambda: (
            causes(positions={"US": said(Stance.AD_REFERENDUM, by_head=False), "CN": said()}) == {Cause.AD_REFERENDUM}
        ),
    ),
    (20, "and silence is no consent", lambda: causes(positions={"US": said()}) == {Cause.NO_POSITION}),
    (
        20,
        "outside a silence procedure: broken a second before its moment, and not after",
        lambda: (
            [
                silence(opened=DAY, expires=DAY + 7 * LASTS, now=DAY + 7 * LASTS, disturbed=[at], same_text=True)
                for at in (DAY + 7 * LASTS - SECOND, DAY + 7 * LASTS)
            ]
            == [SilenceState.BROKEN, SilenceState.ENDED]
        ),
    ),
    (
        28,
        "while a silence runs, no head adopts",
        lambda: [one.cause for one in obstacles(agreement(silence_runs=True))] == [Cause.RUNNING_SILENCE],
    ),
    (
        21,
        "the weakest standing wins",
        lambda: paragraph(positions={"US": said(Stance.RESERVE)}, live=(amendment(),)).standing is Standing.BRACKETED,
    ),
    (
        22,
        "a side withdraws its own position, and the other's stands",
        lambda: (
            stands(word(Stance.AGREE), word(Stance.WITHDRAWN)) is None
            and in_force([word(Stance.WITHDRAWN), replace(word(Stance.AGREE), by="CN")], by="CN", on=FACE) is not None
        ),
    ),
    (
        23,
        "what a head confirms is named by the text on the page",
        lambda: refused(paragraph(positions={}), Act.AGREE, face="another") == (Refusal.TEXT_HAS_CHANGED,),
    ),
    (
        24,
        "adoption needs a certificate of each side",
        lambda: causes(certified_by=frozenset({"US"})) == {Cause.NO_CERTIFICATE},
    ),
    (
        25,
        "finalising lists what happens: an addition drops out, a disputed change lapses",
        lambda: (
            [one.fate for one in plan(agreement(added(ON_TABLE), paragraph(live=(amendment(),))), {})]
            == [Fate.DROPS, Fate.CHANGES_LAPSE]
        ),
    ),
    (
        25,
        "and says what it will not settle",
        lambda: (
            [one.cause for one in unsettled(agreement(UNSPOKEN), plan(agreement(UNSPOKEN), {}))] == [Cause.NO_POSITION]
        ),
    ),
    (
        9,
        "a deletion is held, and its heads are missed, like any other wording",
        lambda: (
            [one.cause for one in obstacles(agreement(paragraph(), DELETED))] == [Cause.AD_REFERENDUM]
            and refused(DELETED, Act.AGREE) == ()
            and refused(DELETED, Act.RESERVE) == ()
        ),
    ),
    (
        8,
        "a change another side has accepted is not withdrawn by its author alone",
        lambda: (
            refused(paragraph(live=(ACCEPTED_BY_ONE,)), Act.WITHDRAW_AMENDMENT, by="CN", amendment=ACCEPTED_BY_ONE.key)
            == (Refusal.OTHERS_HAVE_TAKEN_IT_UP,)
        ),
    ),
    (
        19,
        "what a head answered, no drafter of that side answers otherwise",
        lambda: (
            refused(paragraph(live=(KEPT_BY_HEAD,)), Act.ACCEPT, amendment=KEPT_BY_HEAD.key, as_head=False)
            == (Refusal.HEAD_HAS_SPOKEN,)
        ),
    ),
    (
        22,
        "a deleted text is brought back by an amendment",
        lambda: refused(DELETED, Act.TABLE_AMENDMENT, wanted=TEXT) == (),
    ),
    (
        28,
        "an amendment tabled between the heads' adoptions makes the first lapse, even one that is withdrawn",
        lambda: in_effect([("US", "listing", DAY)], disturbed=[DAY + SECOND]) == {"US": ""},
    ),
    (
        25,
        "and a list that is another by now is consented to by nobody",
        lambda: (
            refusals_of_motion(MOTION, MotionMove(act=MotionAct.CONSENT, by="CN", on="another"))
            == (Refusal.TEXT_HAS_CHANGED,)
        ),
    ),
    (
        26,
        "deferral takes effect when every side consents",
        lambda: (
            paragraph(deferred_by=frozenset({"US"})).standing is Standing.AGREED
            and paragraph(deferred_by=frozenset(SIDES)).standing is Standing.DEFERRED
        ),
    ),
    (
        26,
        "and then only a head revokes it",
        lambda: (
            refused(paragraph(deferred_by=frozenset(SIDES)), Act.REVOKE_DEFERRAL, as_head=False)
            == (Refusal.ONLY_A_HEAD_REVOKES,)
        ),
    ),
    (
        27,
        "a carried item without a disposition keeps the text from being adopted",
        lambda: (
            [one.cause for one in obstacles(agreement(undisposed=(UUID(int=3),)))] == [Cause.CARRIED_ITEM_NOT_DISPOSED]
        ),
    ),
    (
        28,
        "adoption is refused with every cause",
        lambda: (
            causes(live=(amendment(),), has_placeholder=True, certified_by=frozenset())
            == {Cause.OPEN_BRACKET, Cause.PLACEHOLDER, Cause.NO_CERTIFICATE}
        ),
    ),
    (
        28,
        "a change between the heads' adoptions makes the first lapse",
        lambda: agreement(adopted_by={"US": "an earlier listing"}).lapsed_adoptions == ("US",),
    ),
    (
        28,
        "after adoption nothing is amended",
        lambda: Refusal.TEXT_IS_ADOPTED in refused(paragraph(stage=Stage.ADOPTED), Act.TABLE_AMENDMENT, wanted=OTHER),
    ),
    (
        29,
        "after adoption only a corrigendum, in one language, of words that stand there once",
        lambda: (
            corrected(TEXT, [Correction(language=Language.EN, wrong="talk", right="speak")])
            == Bilingual("Both sides should speak.", TEXT.zh)
            and refusals_of_correction(
                Correction(language=Language.EN, wrong="o", right="a"), text=TEXT, stage=Stage.ADOPTED
            )
            == (Refusal.NOT_ONE_SUCH_PLACE,)
        ),
    ),
    (
        29,
        "and not before",
        lambda: (
            refusals_of_correction(
                Correction(language=Language.EN, wrong="talk", right="speak"), text=TEXT, stage=Stage.NEGOTIATION
            )
            == (Refusal.NOT_ADOPTED_YET,)
        ),
    ),
    (
        30,
        "a bracket's alternatives stand in the order of the sides, whoever reads, in both languages",
        lambda: all(
            [set(one.held_by) for one in bracket.alternatives[1:]] == [{side} for side in SIDES]
            for bracket in (IN_ENGLISH, IN_CHINESE)
        ),
    ),
)


@pytest.mark.parametrize("holds", [pytest.param(holds, id=f"{number}: {said}") for number, said, holds in RULES])
def test_rule(holds: Callable[[], bool]) -> None:
    assert holds()


def test_every_rule_that_is_built_has_its_sentences() -> None:
    written = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    numbers = {int(one) for one in re.findall(r"^(\d+)\.", written, re.MULTILINE)}
    not_built = {int(one) for one in re.findall(r"^(\d+)\. ○", written, re.MULTILINE)}

    assert numbers == set(range(1, 31))
    assert {number for number, _, _ in RULES} == numbers - not_built
