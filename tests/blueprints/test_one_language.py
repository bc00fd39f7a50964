"""What is written in one language alone has a name on every page, set in the language that is in."""

from dataclasses import dataclass

import pytest

from tests import factories
from tests.blueprints.tables import Table
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Draft, Paragraph, Scope
from workflow.services import motions

ENGLISH = "CARE OF BUOYS"
CHINESE = "浮标的维护"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading nobody has written in the reader's language."""

    words: str
    locale: str
    """The reader's."""
    tag: str
    """Of the language it is written in."""
    paragraph: Paragraph


@pytest.fixture(params=["zh_Hans", "en"])
def heading(writing: Begin, table: Table, request: pytest.FixtureRequest) -> Heading:
    """A heading in the language that is not the reader's, common text after all else, with a thread about it."""
    is_chinese = request.param == "zh_Hans"
    words = ENGLISH if is_chinese else CHINESE
    text = Bilingual(en=ENGLISH, zh="") if is_chinese else Bilingual(en="", zh=CHINESE)
    with writing() as session:
        agreement = session.merge(table.agreement)
        made = factories.a_paragraph(session, agreement, text, kind=ParagraphKind.HEADING)
        made.working_title = NOTHING
        factories.a_thread(session, made, session.merge(table.cast.us_head))
        return Heading(words=words, locale=request.param, tag="en" if is_chinese else "zh-Hans", paragraph=made)


def set_in(tag: str, words: str, person: Participant, inside: str) -> bool:
    """Whether `inside` the page `words` are set in the language `tag`."""
    found = person.page.xpath(f"{inside}//*[@lang='{tag}']")
    return any(words in element.text_content() for element in found)


def test_the_page_of_a_paragraph_has_a_title(sign_in: SignIn, table: Table, heading: Heading) -> None:
    page = sign_in(table.cast.us_drafter, locale=heading.locale).opens(f"/paragraphs/{heading.paragraph.id}")

    assert page.title == heading.words
    assert set_in(heading.tag, heading.words, page, "//h1")
    assert page.page.findtext(".//title") == f"{heading.words} · Alternat"


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/paragraphs/{before}", "//nav[@class='pager']//a[@rel='next']"),
        ("/paragraphs/{heading}/motions", "//h1"),
        ("/paragraphs/{heading}/drafts/new", "//h1"),
        ("/paragraphs/{heading}/threads/new", "//h1"),
        ("/agreements/{agreement}", "//nav[@class='outline']"),
        ("/agreements/{agreement}/closing", "//table//a"),
        ("/agreements/{agreement}/discussion", "//p[@class='thread__about']/a"),
        ("/agreements/{agreement}/discussion?paragraph={heading}", "//header"),
        ("/agreements/{agreement}/history", "//span[@class='history__about']"),
        ("/", "//span[@class='history__about']"),
    ],
)
def test_every_page_that_names_it_says_what_it_is_called(
    sign_in: SignIn, table: Table, heading: Heading, path: str, inside: str
) -> None:
    keys = {"before": table.paragraph.id, "heading": heading.paragraph.id, "agreement": table.agreement.id}

    page = sign_in(table.cast.us_drafter, locale=heading.locale).opens(path.format(**keys))

    assert page.status == 200
    assert set_in(heading.tag, heading.words, page, inside)


def test_what_others_did_to_it_is_told_by_its_name(
    sign_in: SignIn, writing: Begin, table: Table, heading: Heading
) -> None:
    reader = sign_in(table.cast.us_drafter, locale=heading.locale).opens(f"/agreements/{table.agreement.id}")
    news = str(reader.page.xpath("//@data-news")[0])
    with writing() as session:
        factories.a_wording(session, session.merge(heading.paragraph), NOTHING)

    body = sign_in(table.cast.us_drafter, locale=heading.locale).client.get(news).get_data(as_text=True)

    assert f'<span lang="{heading.tag}">{heading.words}</span>' in body


@pytest.fixture
def draft(writing: Begin, table: Table) -> Draft:
    """A draft of a new paragraph in Chinese alone, which the U.S. drafter shares."""
    with writing() as session:
        by = session.merge(table.cast.us_drafter)
        return factories.a_draft(session, session.merge(table.agreement), by, Bilingual("", CHINESE), is_shared=True)


@pytest.mark.parametrize("path", ["/drafts/{}", "/drafts/{}/states", "/drafts/{}/hand-over"])
def test_every_page_about_a_draft_says_what_it_is_called(
    sign_in: SignIn, table: Table, draft: Draft, path: str
) -> None:
    page = sign_in(table.cast.us_drafter).opens(path.format(draft.id))

    assert set_in("zh-Hans", CHINESE, page, "//h1")
    assert CHINESE in page.page.findtext(".//title")


def test_a_draft_that_says_nothing_yet_is_a_new_paragraph(
    sign_in: SignIn, writing: Begin, table: Table, draft: Draft
) -> None:
    with writing() as session:
        session.merge(draft).text = NOTHING

    for locale, words in (("en", "New paragraph"), ("zh_Hans", "新段落")):
        drafter = sign_in(table.cast.us_drafter, locale=locale)
        assert words in drafter.opens(f"/drafts/{draft.id}").title
        assert words in drafter.opens("/").text


def test_the_page_of_a_paragraph_names_drafts_in_both_languages_and_a_deletion_by_what_it_deletes(
    sign_in: SignIn, writing: Begin, table: Table
) -> None:
    with writing() as session:
        paragraph, by = session.merge(table.paragraph), session.merge(table.cast.us_drafter)
        factories.a_draft(session, paragraph.agreement, by, Bilingual("", CHINESE), paragraph=paragraph)
        deletion = factories.a_draft(session, paragraph.agreement, by, NOTHING, paragraph=paragraph)
        deletion.kind = AmendmentKind.SUP

    page = sign_in(table.cast.us_drafter).opens(f"/paragraphs/{table.paragraph.id}")

    assert set_in("zh-Hans", CHINESE, page, "//p[@class='task__title']")
    assert set_in("en", factories.PROSE.en[:40], page, "//p[@class='task__title']")
    assert set_in("zh-Hans", factories.PROSE.zh[:10], page, "//p[@class='task__title']")


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_statement_for_the_record_is_read_in_both_languages(
    sign_in: SignIn, writing: Begin, table: Table, locale: str
) -> None:
    page = f"/paragraphs/{table.paragraph.id}"
    sign_in(table.cast.us_head).opens(page).presses(
        "Agree with this statement",
        statement_en="Each side bears its own cost.",
        statement_zh="双方各自承担费用。",
    )

    for fold in ("", "//details"):
        head = sign_in(table.cast.cn_head, locale=locale).opens(page)
        assert set_in("en", "Each side bears its own cost.", head, f"//aside{fold}//li")
        assert set_in("zh-Hans", "双方各自承担费用。", head, f"//aside{fold}//li")
        with writing() as session:
            factories.a_wording(session, session.get_one(Paragraph, table.paragraph.id))


def test_what_people_typed_is_set_in_the_language_they_typed_it_in(
    sign_in: SignIn, writing: Begin, table: Table, draft: Draft
) -> None:
    said, asked, noted = "“至少”需要界定。", "请补中文。", "@同事 先问团长。"
    with writing() as session:
        cast = table.cast
        drafter, adviser = session.merge(cast.us_drafter), session.merge(cast.us_adviser)
        paragraph = session.merge(table.paragraph)
        factories.a_position(session, paragraph, session.merge(cast.us_head), Stance.RESERVE, reason=said)
        factories.a_hand_over(session, session.merge(draft), session.merge(cast.us_head), drafter, asked)
        thread = factories.a_thread(session, paragraph, adviser, noted, scope=Scope.DELEGATION)
        factories.a_mention(session, factories.a_comment(session, thread, adviser, noted), drafter)
        factories.a_task(session, thread.comments[0], adviser, drafter)
    person = sign_in(table.cast.us_drafter)

    assert set_in("zh-Hans", said, person.opens(f"/paragraphs/{table.paragraph.id}"), "//aside//li")
    assert set_in("zh-Hans", asked, person.opens(f"/drafts/{draft.id}"), "//*[@class='hand-over']")
    assert set_in("zh-Hans", noted, person.opens(f"/agreements/{table.agreement.id}?comments=on"), "//*[@role='group']")
    desk = person.opens("/")
    assert set_in("zh-Hans", asked, desk, "//li[@class='task']")
    typed = desk.page.xpath("//li[@class='task']//*[@lang='zh-Hans']")
    assert [element.text_content() for element in typed].count(noted) == 2, "named, and given a task"


def test_a_motion_that_waits_says_which_paragraph_it_is_about(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        agreement, head = session.merge(table.agreement), session.merge(table.cast.us_head)
        for paragraph in (session.merge(table.paragraph), session.merge(table.heading)):
            motions.put(
                session,
                kind=MotionKind.COMPROMISE_REQUEST,
                agreement=agreement,
                paragraph=paragraph,
                by=head,
                seen=str(paragraph.base),
                details={},
            )
        session.merge(table.heading).working_title = NOTHING
    asks = "Ask the secretariat for a compromise text"
    reader = sign_in(table.cast.cn_head)

    for path in ("/", f"/agreements/{table.agreement.id}"):
        page = reader.opens(path)
        assert f"¶1 Working title: {asks}" in page.text
        assert f"RULES: {asks}" in page.text
    chinese = sign_in(table.cast.cn_head, locale="zh_Hans").opens("/")
    assert "¶1 暂用标题：" in chinese.text


def test_only_the_line_of_a_listed_text_says_that_its_chinese_is_unofficial(
    sign_in: SignIn, writing: Begin, table: Table
) -> None:
    says, both = "The Chinese text is an unofficial working translation", "Both texts are equally authentic"
    reader = sign_in(table.cast.us_head)
    assert both in reader.opens("/").text
    with writing() as session:
        session.merge(table.published).unofficial = frozenset({"zh"})

    for path, line in (("/", "//li[@class='task']"), ("/agreements", "//tr")):
        page = reader.opens(path)
        assert page.text.count(says) == 1
        assert [says in one.text_content() for one in page.page.xpath(line)].count(True) == 1
        assert both not in page.text
    assert says in reader.opens(f"/agreements/{table.published.id}").page.xpath("//aside")[0].text_content()
