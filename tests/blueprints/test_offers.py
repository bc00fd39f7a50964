"""The page of a paragraph gives the reasons that the rules give: all of them, no others, in both languages.

An act whose object does not exist is not offered; every other act one has a right to is shown, live or with reasons.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import product
from typing import Final

import pytest
from flask import Flask, get_template_attribute
from lxml import html
from sqlalchemy import orm

from tests import factories
from tests.blueprints.tables import Table, agree_on_everything
from tests.conftest import Begin
from tests.web import SignIn
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import STANCE_OF, Act, AmendmentKind, Move, ParagraphState, Refusal, refusals
from workflow.domain.offers import choosing, is_offered
from workflow.domain.points import applied, parted, whole
from workflow.models import Amendment, Answer, Membership, Paragraph
from workflow.permissions import PERMISSION_FOR, Permission, permits
from workflow.segmenter import words_for
from workflow.services.amendments import suggestion
from workflow.services.reading import read

Lay = Callable[[orm.Session, Table], Paragraph]
Reasons = tuple[Refusal, ...] | None

IN_PARTS: Final = Bilingual(
    factories.PROSE.en.replace("Both", "The two").replace(".", ", at once."),
    factories.PROSE.zh.replace("两国", "双方").replace("。", "，立即施行。"),
)
OF_AN_AMENDMENT: Final = {
    Act.ACCEPT: "accept",
    Act.ACCEPT_IN_PART: "accept-in-part",
    Act.CARRY_OVER: "carry-over",
    Act.KEEP_IN_BRACKETS: "keep",
    Act.WITHDRAW_AMENDMENT: "withdraw",
}
OF_THE_PARAGRAPH: Final = {
    Act.CERTIFY: "certificates",
    Act.DEFER: "deferral",
    Act.REVOKE_DEFERRAL: "deferral/revoke",
    Act.COMMENT: "threads",
}


def _nothing(_session: orm.Session, table: Table) -> Paragraph:
    return table.paragraph


def _said(who: str) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        factories.a_position(session, table.paragraph, table.who(who))
        return table.paragraph

    return lay


def _certified(session: orm.Session, table: Table) -> Paragraph:
    factories.a_certificate(session, table.paragraph, table.cast.us_translator)
    return table.paragraph


def _amended(session: orm.Session, table: Table, who: str) -> Amendment:
    """Something tabled in two points or more."""
    asked = parted(whole(factories.PROSE, IN_PARTS, words_for())[0])
    return factories.an_amendment(session, table.paragraph, table.who(who), IN_PARTS, points=asked)


def _tabled(who: str) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        return _amended(session, table, who).paragraph

    return lay


def _answered(answer: Answer) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        factories.an_answer(session, _amended(session, table, "cn_drafter"), table.cast.us_drafter, answer)
        return table.paragraph

    return lay


def _outrun(who: str, text: Bilingual) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        _amended(session, table, who)
        factories.a_wording(session, table.paragraph, text)
        return table.paragraph

    return lay


def _added(who: str, text: Bilingual) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        return factories.an_addition(session, table.agreement, table.who(who), text)

    return lay


def _struck_out(session: orm.Session, table: Table) -> Paragraph:
    factories.an_amendment(session, table.paragraph, table.cast.us_drafter, NOTHING, kind=AmendmentKind.SUP)
    return table.paragraph


def _deferred(*who: str) -> Lay:
    def lay(session: orm.Session, table: Table) -> Paragraph:
        for one in who:
            factories.a_deferral_voice(session, table.paragraph, table.who(one))
        return table.paragraph

    return lay


def _half_written(session: orm.Session, table: Table) -> Paragraph:
    factories.a_wording(session, table.paragraph, Bilingual("Only in English.", ""))
    return table.paragraph


def _deleted(session: orm.Session, table: Table) -> Paragraph:
    factories.a_wording(session, table.paragraph, NOTHING)
    return table.paragraph


def _adopted(session: orm.Session, table: Table) -> Paragraph:
    agree_on_everything(session, table)
    for head in (table.cast.us_head, table.cast.cn_head):
        factories.an_adoption(session, table.agreement, head)
    return table.paragraph


ELSEWHERE: Final = Bilingual(factories.PROSE.en + " And soon.", factories.PROSE.zh + "并应尽快。")
STATES: Final[Mapping[str, Lay]] = {
    "nobody has spoken": _nothing,
    "our drafter has spoken": _said("us_drafter"),
    "our head has spoken": _said("us_head"),
    "the others have spoken": _said("cn_head"),
    "we certified": _certified,
    "they amend": _tabled("cn_drafter"),
    "we amend": _tabled("us_drafter"),
    "they amend and we accepted": _answered(Answer.ACCEPTS),
    "they amend and we keep it in brackets": _answered(Answer.KEEPS_IN_BRACKETS),
    "their amendment is outrun": _outrun("cn_drafter", ELSEWHERE),
    "our amendment is outrun": _outrun("us_drafter", ELSEWHERE),
    "our amendment collides": _outrun("us_drafter", factories.OTHER_PROSE),
    "we want it struck out": _struck_out,
    "they add": _added("cn_drafter", factories.OTHER_PROSE),
    "we add": _added("us_drafter", factories.OTHER_PROSE),
    "they add in one language": _added("cn_drafter", Bilingual("Only in English.", "")),
    "one language is missing": _half_written,
    "we would defer it": _deferred("us_drafter"),
    "they would defer it": _deferred("cn_drafter"),
    "it is deferred": _deferred("us_drafter", "cn_drafter"),
    "it is deleted": _deleted,
    "it is adopted": _adopted,
}


def expected(act: Act, who: Membership, paragraph: Paragraph, state: ParagraphState, one: Amendment | None) -> Reasons:
    """What the rules say of `act`: ``None`` without the right to it, or without an object."""
    actor = who.actor
    as_head = actor.is_head
    permission = PERMISSION_FOR[act]
    if act is Act.AGREE and not as_head:
        permission = PERMISSION_FOR[Act.RESERVE]  # a drafter records it for the head (19)
    if act is Act.TABLE_AMENDMENT:
        return _of_tabling(who, paragraph, state)
    if not permits(actor, permission, paragraph):
        return None
    move = Move(
        act=act,
        by=actor.side,
        as_head=as_head,
        member=actor.membership,
        face=state.face,
        base=state.base,
        amendment=one.id if one else None,
    )
    if act is Act.CARRY_OVER and one:
        found = suggestion(one)
        text = applied(paragraph.text or NOTHING, found.points) if found and not found.colliding else None
        move = Move(act=act, by=actor.side, base=state.base, amendment=one.id, wanted=text)
    if act is Act.ACCEPT_IN_PART:
        move = choosing(state, move)
    reasons = refusals(state, move)
    return reasons if is_offered(reasons) else None


def _of_tabling(who: Membership, paragraph: Paragraph, state: ParagraphState) -> Reasons:
    """What keeps anybody from amending, whatever they would write."""
    if not permits(who.actor, Permission.DRAFT, paragraph):
        return None
    return tuple(
        one
        for one in refusals(state, Move(act=Act.TABLE_AMENDMENT, by=who.actor.side, base=state.base, wanted=ELSEWHERE))
        if one is not Refusal.NOTHING_CHANGES
    )


def applies(act: Act, who: Membership, state: ParagraphState, one: Amendment) -> bool:
    """Whether `act` can be about this amendment at all: one's own is not accepted, another's not withdrawn."""
    own = one.delegation.code == who.actor.delegation
    if act in {Act.ACCEPT, Act.KEEP_IN_BRACKETS}:
        return not own
    if act is Act.ACCEPT_IN_PART:
        return not own and len(one.asked) > 1
    if act is Act.CARRY_OVER:
        return own and not one.is_addition and one.against != state.base
    return own


def shown(page: html.HtmlElement, act: Act, paragraph: Paragraph, one: Amendment | None) -> tuple[str, ...] | None:
    """The reasons the page gives at the button of `act`; ``None`` where there is no such button."""
    if act is Act.TABLE_AMENDMENT:
        if any(link.get("href") == f"/paragraphs/{paragraph.id}/drafts/new" for link in page.iter("a")):
            return ()
        buttons = [b for b in page.iter("button") if f"{paragraph.id}-drafts-new-" in b.get("aria-describedby", "")]
    elif one is not None:
        buttons = _buttons(page, f"/amendments/{one.id}/{OF_AN_AMENDMENT[act]}")
    elif act in STANCE_OF:
        buttons = _buttons(page, f"/paragraphs/{paragraph.id}/positions", STANCE_OF[act])
    else:
        buttons = _buttons(page, f"/paragraphs/{paragraph.id}/{OF_THE_PARAGRAPH[act]}")
    if not buttons:
        return None
    given = {_given(page, button) for button in buttons}  # one comments in two places, for the same reasons
    (reasons,) = given
    return reasons


def _given(page: html.HtmlElement, button: html.HtmlElement) -> tuple[str, ...]:
    if button.get("disabled") is None:
        return ()
    (told,) = page.xpath("//ul[@id=$id]", id=button.get("aria-describedby"))
    return tuple(" ".join(item.text_content().split()) for item in told.iter("li"))


def _buttons(page: html.HtmlElement, action: str, stance: str | None = None) -> list[html.HtmlElement]:
    forms = [form for form in page.iter("form") if form.get("action") == action]
    if stance is not None:
        forms = [form for form in forms if form.xpath(".//input[@name='stance'][@value=$value]", value=stance)]
    return [button for form in forms for button in form.iter("button") if button.get("type") != "button"]


@pytest.fixture
def sentences(app: Flask) -> Callable[[str], Mapping[Refusal, str]]:
    """Return the sentence for each reason in a language."""

    def told(locale: str) -> Mapping[Refusal, str]:
        with app.test_request_context("/", headers={"Accept-Language": locale.replace("_", "-")}):
            sentence = get_template_attribute("components/refusal.html", "refusal_text")
            return {refusal: " ".join(str(sentence(refusal)).split()) for refusal in Refusal}

    return told


def acts_on(paragraph: Paragraph) -> Iterator[tuple[Act, Amendment | None]]:
    """Every act the page of `paragraph` could offer; a new paragraph is tabled elsewhere."""
    for act in Act:
        if act in OF_AN_AMENDMENT:
            yield from ((act, one) for one in paragraph.live_amendments)
        elif act is not Act.TABLE_ADDITION:
            yield act, None


@pytest.mark.parametrize("name", STATES)
def test_the_page_gives_the_reasons_that_the_rules_give(
    sign_in: SignIn,
    writing: Begin,
    table: Table,
    sentences: Callable[[str], Mapping[Refusal, str]],
    name: str,
) -> None:
    with writing() as session:
        key = STATES[name](session, session_table(session, table)).id
    wrong = {}
    for locale, who in product(("en", "zh_Hans"), ("us_head", "us_drafter", "us_translator", "us_adviser")):
        said = sentences(locale)
        page = sign_in(table.who(who), locale=locale).opens(f"/paragraphs/{key}").page
        with writing() as session:
            paragraph = session.get_one(Paragraph, key)
            member = session.get_one(Membership, table.who(who).id)
            state = read(session, paragraph.agreement_id).state_of(paragraph)
            for act, one in acts_on(paragraph):
                in_question = one is None or applies(act, member, state, one)
                reasons = expected(act, member, paragraph, state, one) if in_question else None
                wanted = None if reasons is None else tuple(said[refusal] for refusal in reasons)
                if (found := shown(page, act, paragraph, one)) != wanted:
                    wrong[locale, who, act.value] = (found, wanted)

    assert wrong == {}


def session_table(session: orm.Session, table: Table) -> Table:
    """Return `table`, its rows loaded in `session`."""
    return replace(
        table,
        paragraph=session.merge(table.paragraph),
        heading=session.merge(table.heading),
        agreement=session.merge(table.agreement),
        item=session.merge(table.item),
        meeting=session.merge(table.meeting),
        cast=replace(
            table.cast,
            **{
                one.name: session.merge(getattr(table.cast, one.name))
                for one in fields(table.cast)
                if isinstance(getattr(table.cast, one.name), Membership)
            },
        ),
        lists={code: session.merge(one) for code, one in table.lists.items()},
    )
