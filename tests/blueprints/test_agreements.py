"""The list of agreements, and an agreement with both languages side by side."""

from uuid import uuid4

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Scope
from workflow.services import agreements, comments


@pytest.fixture
def page(table: Table) -> str:
    """The address of the text on the table."""
    return f"/agreements/{table.agreement.id}"


@pytest.mark.parametrize("who", ["us_head", "cn_translator", "us_adviser", "observer", "secretariat"])
def test_everybody_who_takes_part_reads_both_languages(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    person = sign_in(table.who(who)).opens("/agreements")
    assert person.text.count("Exercise agreement") == 2

    person.opens(page)

    assert factories.PROSE.en in person.text
    assert factories.PROSE.zh in person.text
    assert "0 of 2 paragraphs agreed" in person.text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(page).status == 404
    assert "Exercise agreement" not in sign_in(table.outsider).opens("/agreements").text
    assert sign_in(None).opens(page).title == "Sign in"
    assert sign_in(table.cast.us_head).opens(f"/agreements/{uuid4()}").status == 404
    assert sign_in(table.cast.us_head).opens("/agreements/no-key").status == 404


@pytest.mark.parametrize(
    ("who", "writes"),
    [("us_head", True), ("us_drafter", True), ("us_translator", True), ("us_adviser", False), ("secretariat", False)],
)
def test_text_is_proposed_by_who_may_write(sign_in: SignIn, table: Table, page: str, who: str, *, writes: bool) -> None:
    assert ("Draft new text" in sign_in(table.who(who)).opens(page).text) == writes


@pytest.mark.parametrize(("show", "reads"), [("both", (True, True)), ("en", (True, False)), ("zh", (False, True))])
def test_one_language_or_both_are_shown(
    sign_in: SignIn, table: Table, page: str, show: str, reads: tuple[bool, bool]
) -> None:
    text = sign_in(table.cast.observer).opens(f"{page}?show={show}").text

    assert (factories.PROSE.en in text, factories.PROSE.zh in text) == reads


@pytest.mark.parametrize("asked", ["?mode=x&show=y", "?mode=&show=", "?mode=clean&mode=negotiating", "?show=%00"])
def test_an_address_that_asks_for_what_there_is_not_shows_the_usual(
    sign_in: SignIn, table: Table, page: str, asked: str
) -> None:
    observer = sign_in(table.cast.observer).opens(f"{page}{asked}")

    assert observer.status == 200
    assert factories.PROSE.zh in observer.text


def test_an_amendment_is_read_in_brackets_and_not_in_the_clean_text(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.us_drafter))

    person = sign_in(table.cast.cn_drafter).opens(page)
    assert "all" in person.text.split("publish", 1)[1][:12]
    assert "1 bracket open" in person.text

    person.follows("Clean")
    assert factories.PROSE.en in person.text
    assert factories.OTHER_PROSE.en not in person.text


@pytest.mark.parametrize("kind", [ParagraphKind.NARRATIVE, ParagraphKind.HEADING])
def test_a_proposed_addition_is_named_and_not_read_in_the_clean_text(
    sign_in: SignIn, writing: Begin, table: Table, page: str, kind: ParagraphKind
) -> None:
    """Nobody's proposals read, an addition reads as nothing (14, 16)."""
    with writing() as session:
        added = factories.a_paragraph(session, session.merge(table.agreement), None, kind=kind)
        factories.an_amendment(session, added, session.merge(table.cast.us_drafter))
    person = sign_in(table.cast.cn_drafter).opens(page)
    assert factories.OTHER_PROSE.en in person.text

    person.follows("Clean")

    assert factories.OTHER_PROSE.en not in person.text
    assert factories.OTHER_PROSE.zh not in person.text
    assert "Proposed addition, not in the text." in person.text
    person.opens(f"/agreements/{table.agreement.id}/closing")
    assert factories.PROSE.en in person.text
    assert "Proposed addition, not in the text." in person.text.split("The text, in full", 1)[1]
    assert factories.OTHER_PROSE.zh not in person.text.split("The text, in full", 1)[1]
    person.follows("Read what is proposed")
    assert factories.OTHER_PROSE.en in person.text
    assert "Proposed addition, not in the text." in person.opens(f"{person.path}?view=clean").text


def test_markup_typed_into_a_text_is_text(sign_in: SignIn, writing: Begin, table: Table, page: str) -> None:
    typed = Bilingual('<script src="/x.js"></script> & <b>bold</b>', "<img src=x onerror=y>“案文”")
    with writing() as session:
        factories.a_paragraph(session, session.merge(table.agreement), typed)

    person = sign_in(table.cast.observer).opens(page)

    assert typed.en in person.text
    assert typed.zh in person.text
    assert [one.get("src") for one in person.page.iter("img")] == []


def test_an_agreement_without_text_invites_to_write_only_who_may(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        empty = factories.an_agreement(session, session.merge(table.meeting), short_name="empty")

    page = f"/agreements/{empty.id}"
    assert "Nothing is tabled yet." in sign_in(table.cast.observer).opens(page).text
    assert "Draft new text" not in sign_in(table.cast.observer).opens(page).text
    assert sign_in(table.cast.us_drafter).opens(page).follows("Draft new text").status == 200


def test_who_proposes_what_can_be_left_out(sign_in: SignIn, writing: Begin, table: Table, page: str) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.us_drafter))
    person = sign_in(table.cast.cn_drafter).opens(page)
    named = [one for one in person.page.iter("b") if "letters" in str(one.get("class"))]
    assert named

    person.follows("Not named")

    assert not [one for one in person.page.iter("b") if "letters" in str(one.get("class"))]
    assert "1 bracket open" in person.text
    assert not [one for one in person.page.iter("span") if "alternative--1" in str(one.get("class"))]


def test_brackets_are_counted_for_each_section(sign_in: SignIn, writing: Begin, table: Table, page: str) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.us_drafter))

    outline = next(iter(sign_in(table.cast.cn_drafter).opens(page).page.iter("nav")))
    sections = [one for one in outline.getroottree().iter("span") if one.get("class") == "outline__brackets"]

    assert [one.text_content() for one in sections] == ["1 bracket"]


def test_a_placeholder_is_marked_where_it_stands_and_listed(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        unfilled = Bilingual("Talks begin on [date].", "会谈于[日期]开始。")
        factories.a_paragraph(session, session.merge(table.agreement), unfilled)

    person = sign_in(table.cast.observer).opens(page)

    assert [one.text_content() for one in person.page.iter("mark")] == ["[date]", "[日期]"]
    assert unfilled.en in person.text
    listed = next(one for one in person.page.iter("nav") if one.get("aria-label") == "Placeholders to be filled in")
    assert "¶2 [date] [日期]" in " ".join(str(listed.text_content()).split())


def test_what_changed_since_the_head_agreed_and_since_a_rev_is_shown_to_those_it_concerns(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        paragraph = session.merge(table.paragraph)
        factories.a_position(session, paragraph, session.merge(table.cast.us_head))
        factories.an_issue(session, session.merge(table.agreement), session.merge(table.cast.secretariat))
        factories.a_wording(session, paragraph)
        factories.an_amendment(session, paragraph, session.merge(table.cast.cn_drafter), factories.PROSE)
        gone = factories.an_amendment(session, paragraph, session.merge(table.cast.us_drafter), factories.PROSE)
        factories.an_ending(session, gone)

    adviser = sign_in(table.cast.us_adviser).opens(page).follows("Changes since…").follows("our head agreed")
    assert "Not agreed to by our head yet: 1; Reads otherwise: 1" in adviser.text
    assert "Amendment 1 (Change): tabled" in adviser.text
    assert "Amendment 2 (Change): withdrawn" in adviser.text
    adviser.follows("Rev.1")
    assert "Reads otherwise: 1" in adviser.text

    observer = sign_in(table.cast.observer).opens(f"{page}?mode=changes&since=agreed")
    assert "our head agreed" not in observer.text
    assert "You have not said yet" in observer.text


def shown(person: Participant) -> list[str]:
    """Return the numbers of the paragraphs on the sheet, and ``#`` for each heading."""
    return [str(one.text_content()).strip() for one in person.page.iter("a") if one.get("data-step") is not None]


def choices(person: Participant) -> dict[str, int]:
    """Return what can be chosen of the paragraphs, and how many each choice says it would show."""
    filters = next(one for one in person.page.iter("nav") if one.get("aria-label") == "Which paragraphs are shown")
    said = (" ".join(str(one.text_content()).split()).rsplit(" ", 1) for one in filters.iter("a"))
    return {label: int(count) for label, count in said}


@pytest.fixture
def standings(writing: Begin, table: Table) -> Table:
    """The same table with one paragraph reserved on by a side and one more that nobody spoke on, without a heading."""
    with writing() as session:
        agreement = session.merge(table.agreement)
        factories.a_paragraph(session, agreement, Bilingual("On its own.", "独立一段。"))
        factories.a_position(
            session, session.merge(table.paragraph), session.merge(table.cast.us_head), Stance.RESERVE, reason="Why."
        )
    return table


def test_paragraphs_are_shown_by_standing_under_their_heading_and_what_is_hidden_is_counted(
    sign_in: SignIn, standings: Table, page: str
) -> None:
    drafter = sign_in(standings.cast.cn_drafter).opens(page)
    assert shown(drafter) == ["#", "1", "2"]
    assert choices(drafter) == {
        "All paragraphs": 3,
        "Waits for our side": 3,
        "Any standing": 3,
        "Reserved": 1,
        "No position yet": 2,
    }
    assert "hidden" not in drafter.text

    drafter.opens(f"{page}?standing=reserved")

    assert shown(drafter) == ["#", "1"]
    assert "1 paragraph was asked for. 1 is hidden." in drafter.text
    drafter.follows("中文")
    assert shown(drafter) == ["#", "1"]
    assert factories.PROSE.en not in drafter.text
    drafter.follows("Clean").follows("Both")
    assert shown(drafter) == ["#", "1"]
    assert shown(drafter.follows("Show the whole text")) == ["#", "1", "2"]


def test_what_waits_for_a_side_is_shown_to_all_of_it_and_says_why(
    sign_in: SignIn, writing: Begin, standings: Table, page: str
) -> None:
    cast = standings.cast
    with writing() as session:
        paragraph = session.merge(standings.paragraph)
        factories.a_position(session, paragraph, session.merge(cast.us_head))
        factories.a_certificate(session, paragraph, session.merge(cast.us_translator))

    adviser = sign_in(cast.us_adviser).opens(f"{page}?waits=us")

    assert shown(adviser) == ["#", "2"]
    assert "Waits for our side: take a position; certify concordance" in adviser.text
    assert choices(adviser)["Waits for our side"] == 2
    assert choices(adviser)["All paragraphs"] == 3
    assert shown(sign_in(cast.cn_adviser).opens(f"{page}?waits=us")) == ["#", "1", "2"]


def test_nothing_found_is_said_with_a_way_back(sign_in: SignIn, standings: Table, page: str) -> None:
    adviser = sign_in(standings.cast.us_adviser).opens(f"{page}?standing=agreed")

    assert shown(adviser) == []
    assert "No paragraph is as you asked." in adviser.text
    assert "0 paragraphs were asked for. 3 are hidden." in adviser.text
    assert shown(adviser.follows("Show the whole text")) == ["#", "1", "2"]


@pytest.mark.parametrize("who", ["observer", "secretariat"])
def test_for_who_acts_for_no_side_nothing_waits(sign_in: SignIn, standings: Table, page: str, who: str) -> None:
    person = sign_in(standings.who(who)).opens(f"{page}?waits=us&standing=reserved")

    assert "Waits for our side" not in choices(person)
    assert shown(person) == ["#", "1"]


@pytest.mark.parametrize("asked", ["?standing=deferred", "?standing=", "?waits=them", "?standing=agreed%00"])
def test_what_cannot_be_asked_for_hides_nothing(sign_in: SignIn, standings: Table, page: str, asked: str) -> None:
    assert shown(sign_in(standings.cast.us_head).opens(f"{page}{asked}")) == ["#", "1", "2"]


def test_a_text_on_record_is_shown_whole_whatever_is_asked(sign_in: SignIn, table: Table) -> None:
    observer = sign_in(table.cast.observer).opens(f"/agreements/{table.published.id}?standing=agreed&waits=us")

    assert len(shown(observer)) == 1
    assert "hidden" not in observer.text


def test_what_is_out_of_the_text_keeps_its_address(sign_in: SignIn, writing: Begin, table: Table, page: str) -> None:
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph), Bilingual("", ""))

    person = sign_in(table.cast.observer).opens(page)

    assert [one.get("class") for one in person.page.iter("li") if one.get("id") == f"p-{table.paragraph.id}"] == [
        "task"
    ]


def test_a_heading_that_waits_says_why_as_a_paragraph_does(sign_in: SignIn, table: Table, page: str) -> None:
    def heading(person: Participant) -> str:
        found = person.opens(f"{page}?waits=us").page.get_element_by_id(f"p-{table.heading.id}")
        assert ("section-title--waits" in str(found.get("class"))) == (person is not adviser)
        return " ".join(str(found.text_content()).split())

    adviser = sign_in(table.cast.us_adviser)

    assert "take a position" in heading(sign_in(table.cast.us_drafter))
    assert "Waits for our side: take a position" in heading(adviser)


def margins(person: Participant) -> list[tuple[str, str]]:
    """Return what stands in the margins: who reads it, and what it says."""
    found = [one for one in person.page.iter("div") if one.get("role") == "group" and "margin" in str(one.get("class"))]
    return [(str(one.get("aria-label")), " ".join(str(one.text_content()).split())) for one in found]


def test_comments_stand_in_the_margin_where_they_are_asked_for_and_each_where_it_is_read(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    cast = table.cast
    with writing() as session:
        paragraph = session.merge(table.paragraph)
        us, cn = session.merge(cast.us_adviser), session.merge(cast.cn_adviser)
        factories.a_comment(session, factories.a_thread(session, paragraph, us, "Said to all."), cn)
        factories.a_thread(session, paragraph, us, "Said at home.", scope=Scope.DELEGATION)
        factories.a_thread(session, paragraph, cn, "Said elsewhere.", scope=Scope.DELEGATION)
        factories.a_thread(session, session.merge(table.heading), us, "Of the heading.")
        factories.a_thread_event(session, factories.a_thread(session, paragraph, us, "Settled."), us)
        gone = factories.a_thread(session, paragraph, us, "Regretted.").comments[0]
        comments.withdraw(session, comment=gone, by=us, version=1)

    drafter = sign_in(cast.us_drafter).opens(page)
    assert margins(drafter) == []
    drafter.follows("Comments")

    both, own = "Both sides read this", "Only our delegation reads this"
    name = str(us.account.name)
    assert [where for where, _ in margins(drafter)] == [both, own, both]
    assert f"{name} Of the heading." in margins(drafter)[0][1]
    assert f"{name} Said at home." in margins(drafter)[1][1]
    assert f"{name} Said to all. 1 reply" in margins(drafter)[2][1]
    assert f"{name} A comment was withdrawn" in margins(drafter)[2][1]
    for unread in ("Said elsewhere.", "Settled.", "Regretted."):
        assert unread not in drafter.text
    other = sign_in(cast.cn_drafter).opens(f"{page}?comments=on")
    assert "Said elsewhere." in margins(other)[1][1]
    assert "Said at home." not in other.text
    assert name not in other.text
    assert [where for where, _ in margins(sign_in(cast.observer).opens(f"{page}?comments=on"))] == [both, both]
    assert margins(drafter.follows("Changes since…")) == []


def test_the_margin_names_how_many_there_was_no_room_for(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        for number in range(5):
            remark = f"Remark {number}, " + "at length, " * 30
            factories.a_thread(session, session.merge(table.paragraph), session.merge(table.cast.us_adviser), remark)

    person = sign_in(table.cast.cn_head).opens(f"{page}?comments=on")

    [(_, said)] = margins(person)
    assert "Remark 2" in said
    assert "Remark 3" not in said
    assert len(said) < 800
    assert "Remark 4" in person.follows("2 more threads").text


NEW = {"name_en": "Following agreement", "name_zh": "下一共识", "short_name": "following"}


@pytest.fixture
def following(writing: Begin, table: Table) -> str:
    """The address of a session without an agreement."""
    with writing() as session:
        return f"/sessions/{factories.a_session(session, session.merge(table.cast.dialogue)).id}"


@pytest.mark.parametrize("who", ["us_head", "secretariat"])
def test_a_head_or_the_secretariat_opens_the_agreement_of_a_session(
    sign_in: SignIn, table: Table, following: str, who: str
) -> None:
    person = sign_in(table.who(who)).opens(following).follows("Open the agreement")
    assert person.typed("short_name") == "exercise-dialogue-3"

    person.presses("Open the agreement", **NEW)

    assert "Following agreement" in person.title
    assert "Nothing is tabled yet." in person.text
    assert "Draft new text" in sign_in(table.cast.cn_drafter).opens(person.path).text
    assert person.opens(f"{following}/agreements/new").status == 409


@pytest.mark.parametrize(("who", "status"), [("us_drafter", 403), ("observer", 403), ("outsider", 404)])
def test_nobody_else_opens_one(sign_in: SignIn, table: Table, following: str, who: str, status: int) -> None:
    person = sign_in(table.who(who))

    assert person.opens(f"{following}/agreements/new").status == status
    assert sends(person.opens("/"), f"{following}/agreements", **NEW).status == status
    assert sends(sign_in(None).opens("/sign-in"), f"{following}/agreements", **NEW).status == 401


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"short_name": "exercise"}, "There is an agreement of this short name already. Choose another."),
        ({"short_name": "Two Words"}, "Small letters, digits and hyphens"),
        ({"name_zh": ""}, "Something must be written here."),
    ],
)
def test_an_agreement_that_cannot_be_opened_so_comes_back_as_typed(
    sign_in: SignIn, table: Table, following: str, wrong: dict[str, str], sentence: str
) -> None:
    head = sign_in(table.cast.cn_head).opens(f"{following}/agreements/new")

    head.presses("Open the agreement", **NEW | wrong)

    assert head.status == 422
    assert sentence in head.text
    assert head.typed("name_en") == "Following agreement"


@pytest.mark.parametrize("rises", [True, False])
def test_numbers_that_stand_out_of_order_are_explained(
    sign_in: SignIn, table: Table, monkeypatch: pytest.MonkeyPatch, *, rises: bool
) -> None:
    monkeypatch.setattr(agreements, "are_in_order", lambda _numbers: rises)

    text = sign_in(table.cast.observer).opens(f"/agreements/{table.agreement.id}").text

    assert ("Numbers are kept until the next Rev. gives new ones." in text) is not rises
