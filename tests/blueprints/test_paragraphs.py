"""The page of a paragraph: its buttons, what they refuse, and what two people do at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import BELL, OVERRIDE, Table, sends
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.models import Amendment, Certificate, Comment, Paragraph, Position, Scope, Thread

POSTS = ("positions", "certificates", "deferral", "deferral/revoke", "threads")
MEMBERS = ("us_head", "us_drafter", "us_translator", "us_adviser", "observer", "secretariat")


@pytest.fixture
def page(table: Table) -> str:
    """The address of the paragraph on the table."""
    return f"/paragraphs/{table.paragraph.id}"


@pytest.fixture
def count(reading: Begin) -> Callable[[type], int]:
    """Return how many rows of a kind there are."""

    def counted(kind: type) -> int:
        with reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0

    return counted


@pytest.fixture
def amendment(writing: Begin, table: Table) -> Amendment:
    """What the U.S. drafter has tabled to the paragraph."""
    with writing() as session:
        return factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.us_drafter))


@pytest.mark.parametrize("who", MEMBERS)
def test_everybody_who_takes_part_reads_it(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    person = sign_in(table.who(who)).opens(page)

    assert person.status == 200
    assert factories.PROSE.en in person.text
    assert factories.PROSE.zh in person.text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(page).status == 404
    assert sign_in(table.cast.us_head).opens(f"/paragraphs/{uuid4()}").status == 404
    assert "Sign in" in sign_in(None).opens(page).text


@pytest.mark.parametrize("what", POSTS)
def test_nothing_can_be_sent_by_strangers_outsiders_and_observers(
    sign_in: SignIn, table: Table, page: str, what: str
) -> None:
    action = f"{page}/{what}"

    assert sends(sign_in(None).opens("/sign-in"), action).status == 401
    assert sends(sign_in(table.outsider).opens("/"), action).status == 404
    assert sends(sign_in(table.cast.observer).opens(page), action).status == 403
    assert sends(sign_in(table.cast.us_head).opens(page), f"/paragraphs/{uuid4()}/{what}").status == 404


@pytest.mark.parametrize(
    ("who", "what"),
    [
        pytest.param("us_translator", "positions", id="a translator takes no position"),
        pytest.param("us_adviser", "positions", id="an adviser takes no position"),
        pytest.param("secretariat", "positions", id="the secretariat has no consent"),
        pytest.param("us_head", "certificates", id="a head certifies nothing"),
        pytest.param("us_drafter", "certificates", id="a drafter certifies nothing"),
        pytest.param("us_translator", "deferral", id="a translator defers nothing"),
        pytest.param("secretariat", "deferral", id="the secretariat defers nothing"),
    ],
)
def test_who_may_not_finds_no_button_and_is_refused(
    sign_in: SignIn, table: Table, page: str, who: str, what: str
) -> None:
    person = sign_in(table.who(who)).opens(page)
    label = {"positions": "Agree ad referendum", "certificates": "Certify concordance", "deferral": "Propose to defer"}

    assert not person.sees_button(label[what])
    assert sends(person, f"{page}/{what}", stance="agree").status == 403


def test_a_drafter_records_for_the_head_and_the_head_confirms(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page)
    assert not drafter.sees_button("Agree")

    drafter.presses("Record that our head agrees")

    assert "awaits the head" in drafter.text
    head = sign_in(table.cast.us_head).opens(page)
    assert "confirm what is ad referendum" in head.text
    head.presses("Agree")
    assert "is recorded, on exactly this text" in head.text


def test_a_statement_is_read_by_the_other_side(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.us_head).opens(page).presses(
        "Agree with this statement", statement_en="As we understand it.", statement_zh="按我方理解。"
    )

    assert "As we understand it." in sign_in(table.cast.cn_adviser).opens(page).text


def test_a_position_is_withdrawn_with_its_reason(sign_in: SignIn, table: Table, page: str) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Agree")

    head.presses("Withdraw our position", reason="The agencies object.")

    assert head.status == 200
    assert "The agencies object." in sign_in(table.cast.cn_head).opens(page).text


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b"])
def test_a_reservation_says_why(
    sign_in: SignIn, table: Table, page: str, reason: str, count: Callable[[type], int]
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Reserve", reason=reason)

    assert head.status == 422
    assert "Say why: the other side reads the reason with the position." in head.text
    assert count(Position) == 0


def test_the_language_is_switched_on_a_page_that_answered_two_forms_in_a_row(
    sign_in: SignIn, table: Table, page: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Reserve", reason="")
    head.path = f"{page}/positions"  # where a browser is by now
    assert head.presses("Reserve", reason="").status == 422

    head.presses("中文")

    assert (head.status, head.path) == (200, page)


def test_a_reason_asked_for_twice_on_the_page_is_found_wrong_at_its_own_field(
    sign_in: SignIn, table: Table, page: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Agree")

    assert head.presses("Withdraw our position", reason=" ").status == 422
    assert faults(head) == ["#withdrawal-reason"]


@pytest.mark.parametrize(
    ("label", "fields", "leads_to"),
    [
        ("Reserve", {"reason": " "}, ["#reason"]),
        ("Agree with this statement", {"statement_en": "Only English."}, ["#statement_zh"]),
    ],
)
def test_a_position_that_comes_back_says_above_its_acts_what_is_wrong(
    sign_in: SignIn, table: Table, page: str, label: str, fields: dict[str, str], leads_to: list[str]
) -> None:
    head = sign_in(table.cast.us_head).opens(page)
    assert not head.page.xpath("//*[@role='alert']")

    assert faults(head.presses(label, **fields)) == leads_to


def faults(person: Participant) -> list[str]:
    """Where the list of what is wrong leads, to which the focus goes."""
    [told] = person.page.xpath("//*[@role='alert'][@autofocus]")
    return [str(link.get("href")) for link in told.iter("a")]


@pytest.mark.parametrize(
    ("who", "label", "others"),
    [
        ("us_head", "Agree ad referendum", "Not your side's final word yet"),
        ("us_drafter", "Agree ad referendum", "Subject to your head's confirmation"),
    ],
)
def test_what_ad_referendum_leaves_open_is_said_to_each(
    sign_in: SignIn, table: Table, page: str, who: str, label: str, others: str
) -> None:
    person = sign_in(table.who(who)).opens(page)

    assert described(person, label).startswith(others)


def described(person: Participant, label: str) -> str:
    """What is said at the button `label`."""
    [button] = person.page.xpath(f"//button[normalize-space()='{label}']")
    [told] = person.page.xpath("//*[@id=$key]", key=str(button.get("aria-describedby")))
    return " ".join(str(told.text_content()).split())


def test_what_a_head_has_said_is_closed_to_a_drafter_for_that_reason_without_a_fold(
    sign_in: SignIn, table: Table, page: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page).presses("Agree ad referendum")
    sign_in(table.cast.us_head).opens(page).presses("Agree")
    drafter.opens(f"{page}?act=withdraw")

    for label in ("Agree ad referendum", "Reserve…", "Withdraw our position…"):
        assert not drafter.can_press(label)
        assert described(drafter, label) == "Your head of delegation has spoken on this. Only a head can change it."
    assert not drafter.page.xpath("//summary[contains(., 'Reserve') or contains(., 'Withdraw our')]")


def test_what_was_typed_stays_in_view_where_something_came_in_its_way(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page)
    sign_in(table.cast.us_head).opens(page).presses("Agree")

    drafter.presses("Reserve", reason=f"as{OVERRIDE}typed")

    assert drafter.typed("reason") == f"as{OVERRIDE}typed"
    assert faults(drafter) == ["#reason"]
    assert not drafter.can_press("Reserve")


def test_a_statement_is_made_in_both_languages(sign_in: SignIn, table: Table, page: str) -> None:
    head = sign_in(table.cast.us_head).opens(page)

    head.presses("Agree with this statement", statement_en="Only English.")

    assert head.status == 422
    assert head.typed("statement_en") == "Only English."
    assert "Write the statement in both languages." in head.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("x" * 5_001, "This has 5,001 characters; at most 5,000 are possible.", id="too long"),
        pytest.param(f"as{OVERRIDE}typed", "Character 3 (U+202E) cannot be shown", id="reads backwards"),
    ],
)
@pytest.mark.parametrize(
    ("label", "field"),
    [("Reserve", "reason"), ("Note for our delegation", "comment"), ("Comment to both sides", "comment")],
)
def test_what_cannot_be_taken_is_said_at_the_field_and_kept(
    sign_in: SignIn, table: Table, page: str, label: str, field: str, typed: str, said: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses(label, **{field: typed})

    assert head.status == 422
    assert said in head.text
    assert head.typed(field) == typed


def test_a_control_character_is_named(sign_in: SignIn, table: Table, page: str) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Comment to both sides", comment=f"a{BELL}")

    assert head.status == 422
    assert "Character 2 (U+0007)" in head.text


def test_a_blank_comment_is_refused(sign_in: SignIn, table: Table, page: str) -> None:
    adviser = sign_in(table.cast.us_adviser).opens(page).presses("Note for our delegation", comment=" \n ")

    assert adviser.status == 422
    assert "Something must be written here." in adviser.text


def test_an_unknown_stance_is_refused_with_a_word(
    sign_in: SignIn, table: Table, page: str, count: Callable[[type], int]
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Agree", stance="applauds")

    assert head.status == 422
    assert "Invalid value" not in head.text
    assert "Not a valid choice." in head.text
    assert count(Position) == 0


@pytest.mark.parametrize("scope", ["", "everybody"])
def test_an_unknown_circle_of_readers_is_refused_and_the_comment_kept(
    sign_in: SignIn, table: Table, page: str, scope: str, count: Callable[[type], int]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page).presses("Comment to both sides", comment="Kept.", scope=scope)

    assert drafter.status == 422
    assert drafter.typed("comment") == "Kept."
    assert count(Comment) == 0


def test_the_secretariat_has_nobody_to_comment_to_alone(
    sign_in: SignIn, table: Table, page: str, count: Callable[[type], int]
) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(page)

    secretariat.presses("Comment to both sides", comment="To ourselves.", scope="delegation")

    assert secretariat.status == 422
    assert secretariat.typed("comment") == "To ourselves."
    assert "what you say is read by all" in secretariat.text
    assert count(Comment) == 0
    assert secretariat.opens(page).presses("Comment to both sides", comment="To all.").status == 200
    assert "To all." in sign_in(table.cast.cn_adviser).opens(page).text


@pytest.mark.parametrize(
    ("who", "label"),
    [("us_head", "Agree"), ("us_translator", "Certify concordance"), ("us_drafter", "Propose to defer")],
)
def test_nobody_acts_on_a_text_they_have_not_seen(
    sign_in: SignIn, writing: Begin, table: Table, page: str, who: str, label: str
) -> None:
    person = sign_in(table.who(who)).opens(page)
    with writing() as session:
        factories.a_wording(session, session.get_one(Paragraph, table.paragraph.id))

    person.presses(label)

    assert person.status == 409
    assert "The text has changed since you opened the page." in person.text
    assert factories.OTHER_PROSE.en in person.text
    assert factories.OTHER_PROSE.zh in person.text


def test_a_reason_typed_for_an_earlier_text_is_not_lost(
    sign_in: SignIn, writing: Begin, table: Table, page: str, count: Callable[[type], int]
) -> None:
    head = sign_in(table.cast.us_head).opens(page)
    with writing() as session:
        factories.a_wording(session, session.get_one(Paragraph, table.paragraph.id))

    head.presses("Reserve", reason="A long reason, typed with care.")

    assert head.status == 409
    assert "A long reason, typed with care." in head.text
    assert count(Position) == 0


def test_pressing_twice_is_said_and_recorded_once(
    sign_in: SignIn, table: Table, page: str, count: Callable[[type], int]
) -> None:
    first, second = sign_in(table.cast.us_translator).opens(page), sign_in(table.cast.us_translator).opens(page)
    first.presses("Certify concordance")

    second.presses("Certify concordance")

    assert second.status == 409
    assert "has certified this pair of texts already" in second.text
    assert count(Certificate) == 1


def test_one_language_alone_can_be_given_no_position(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        alone = factories.a_paragraph(session, session.merge(table.agreement), Bilingual("English only.", ""))

    head = sign_in(table.cast.us_head).opens(f"/paragraphs/{alone.id}")

    assert head.sees_button("Agree")
    assert not head.can_press("Agree")
    assert "One of the two languages is still missing." in head.text
    assert "The Chinese is pending." in head.text


def test_deferral_takes_both_sides_and_a_head_to_take_it_back(sign_in: SignIn, table: Table, page: str) -> None:
    us, cn, head = map(sign_in, (table.cast.us_drafter, table.cast.cn_drafter, table.cast.cn_head))
    us.opens(page).presses("Propose to defer")
    assert "want to carry it to the next session" in us.text
    us.presses("Take back the deferral").presses("Propose to defer")

    cn.opens(page).presses("Consent to defer")

    assert "the paragraph is carried to the next session" in cn.text
    assert not cn.can_press("Take back the deferral")
    assert "Text deferred from a session" in us.opens(f"/sessions/{table.meeting.id}/agenda").text
    head.opens(page).presses("Take back the deferral")
    assert "Text deferred from a session" not in us.opens(f"/sessions/{table.meeting.id}/agenda").text


def test_a_published_text_offers_nothing_and_takes_nothing(
    sign_in: SignIn, table: Table, count: Callable[[type], int]
) -> None:
    published = f"/paragraphs/{table.published_paragraph.id}"
    head = sign_in(table.cast.us_head).opens(published)

    assert not head.sees_button("Agree")
    assert not head.sees_button("Comment to both sides")
    assert not head.sees_button("Note for our delegation")
    assert sends(head, f"{published}/positions", stance="agree").status == 409
    assert "recorded as it was published" in head.text
    assert sends(head.opens(published), f"{published}/threads", comment="No.", scope="shared").status == 409
    assert count(Position) == count(Comment) == 0


def test_the_author_withdraws_and_the_other_side_answers(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment
) -> None:
    us, cn = sign_in(table.cast.us_drafter).opens(page), sign_in(table.cast.cn_drafter).opens(page)
    assert not us.can_press("Accept amendment 1")
    assert not cn.can_press("Withdraw amendment 1")

    cn.presses("Keep amendment 1 in brackets")
    assert "leaves it in brackets" in us.opens(page).text
    us.presses("Withdraw amendment 1")

    assert "withdrawn" in us.text
    cn.presses("Accept amendment 1")
    assert cn.status == 409
    assert "no longer before the other side" in cn.text


@pytest.mark.parametrize("what", ["accept", "keep", "withdraw"])
def test_an_amendment_is_answered_by_heads_and_drafters_only(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment, what: str
) -> None:
    action = f"/amendments/{amendment.id}/{what}"

    for who in ("cn_translator", "cn_adviser", "observer", "secretariat"):
        assert sends(sign_in(table.who(who)).opens(page), action).status == 403
    assert sends(sign_in(table.outsider).opens("/"), action).status == 404
    assert sends(sign_in(None).opens("/sign-in"), action).status == 401
    assert sends(sign_in(table.cast.cn_head).opens(page), f"/amendments/{uuid4()}/{what}").status == 404


def test_a_counter_proposal_is_written_beside_what_it_counters(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment
) -> None:
    cn = sign_in(table.cast.cn_head).opens(page).follows("Counter-propose")
    assert (cn.typed("en"), cn.typed("zh")) == (amendment.text.en, amendment.text.zh)
    assert "What you write is a counter-proposal to it." in cn.text

    cn.presses("Save as my private draft", en="Soon\x07")
    assert cn.status == 422
    assert "What you write is a counter-proposal to it." in cn.text
    cn.presses("Save as my private draft", en=f"{amendment.text.en} Soon.", zh=f"{amendment.text.zh}尽快。")
    assert "A counter-proposal to amendment 1." in cn.text
    cn.presses("Table this text")

    assert "A counter-proposal to amendment 1." in sign_in(table.cast.us_head).opens(page).text
    assert "What you write is a counter-proposal" not in sign_in(table.cast.us_head).opens(f"{page}/drafts/new").text


def test_one_side_accepts_nothing_of_its_own_and_withdraws_nothing_of_the_others(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment
) -> None:
    us, cn = sign_in(table.cast.us_head).opens(page), sign_in(table.cast.cn_head).opens(page)

    assert sends(us, f"/amendments/{amendment.id}/accept").status == 409
    assert "Another side answers it." in us.text
    assert sends(cn, f"/amendments/{amendment.id}/withdraw").status == 409
    assert "Only its author can do this." in cn.text


def test_two_who_accept_at_one_instant_make_one_wording(
    sign_in: SignIn,
    reading: Begin,
    table: Table,
    page: str,
    amendment: Amendment,
    findings: Callable[[], object],
) -> None:
    people = [sign_in(table.cast.cn_head).opens(page), sign_in(table.cast.cn_drafter).opens(page)]
    at_once = Barrier(2, timeout=30)

    def accepts(nth: int) -> int:
        at_once.wait()
        return people[nth].presses("Accept amendment 1").status

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(accepts, range(2)))

    assert answers == [200, 409]
    with reading() as session:
        assert len(session.get_one(Paragraph, table.paragraph.id).wordings) == 2
    assert findings() == ()


def test_of_twenty_comments_at_one_instant_none_is_lost(
    sign_in: SignIn,
    reading: Begin,
    table: Table,
    page: str,
    findings: Callable[[], object],
) -> None:
    cast = table.cast
    speakers = [cast.us_head, cast.us_drafter, cast.us_adviser, cast.cn_head, cast.cn_adviser] * 4
    people = [sign_in(member).opens(page) for member in speakers]
    buttons = ("Comment to both sides", "Note for our delegation")
    at_once = Barrier(len(people), timeout=60)

    def speaks(nth: int) -> int:
        at_once.wait()
        return people[nth].presses(buttons[nth % 2], comment=f"Remark {nth}.").status

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(speaks, range(len(people))))

    assert answers == [200] * 20
    with reading() as session:
        assert {one.text for one in session.scalars(sa.select(Comment))} == {f"Remark {nth}." for nth in range(20)}
        internal = sa.select(sa.func.count()).select_from(Thread).where(Thread.scope == Scope.DELEGATION)
        assert session.scalar(internal) == 10
    assert findings() == ()


def test_a_text_under_amendment_is_read_in_brackets_as_a_redline_clean_or_side_by_side(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.us_drafter))
    person = sign_in(table.cast.observer).opens(page)

    def card() -> str:
        return " ".join(str(next(iter(person.page.find_class("card"))).text_content()).split())

    assert "1 bracket open" in card()
    person.follows("Not named")
    assert not person.page.find_class("letters")
    person.follows("Redline")
    assert "proposes" in card()
    assert next(iter(person.page.find_class("card"))).xpath(".//ins")
    assert "struck through: goes; underlined: new." in card()
    person.follows("Clean")
    assert factories.PROSE.en in card()
    assert factories.OTHER_PROSE.en not in card()
    person.follows("Each side’s text")
    assert factories.PROSE.en in card()
    assert factories.OTHER_PROSE.en in card()
    assert "Text in common" in card()


def test_a_text_nobody_amends_is_read_clean_or_with_what_its_last_wording_changed(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    person = sign_in(table.cast.observer).opens(page)
    assert "Redline" not in person.text
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph))

    person.opens(f"{page}?view=texts")
    assert factories.OTHER_PROSE.en in person.text
    person.follows("Redline")

    assert "What wording 2 changed in the one before." in person.text
    assert next(iter(person.page.find_class("card"))).xpath(".//ins")
    assert "struck through: goes; underlined: new." in person.text


@pytest.mark.parametrize(
    ("locale", "begins", "ends"), [("en", "[new:", "end of what is new]"), ("zh_Hans", "［新增：", "新增部分完］")]
)
def test_where_a_change_begins_and_ends_is_said_and_is_no_part_of_the_text(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment, locale: str, begins: str, ends: str
) -> None:
    person = sign_in(table.cast.observer)
    person.client.set_cookie("locale", locale)
    card = person.opens(page).page.get_element_by_id(f"amendment-{amendment.number}")

    changes = card.xpath(".//*[contains(@class, 'bilingual')]//*[self::ins or self::del]")

    assert {(one.get("data-begins"), one.get("data-ends")) for one in changes if one.tag == "ins"} == {(begins, ends)}
    assert all(one.get("data-begins") and one.get("data-ends") for one in changes)
    assert begins not in str(card.text_content())


@pytest.mark.parametrize("asked", ["?view=x&names=y", "?view=&names=", "?view=%00"])
def test_a_view_there_is_not_is_the_usual_one(sign_in: SignIn, table: Table, page: str, asked: str) -> None:
    person = sign_in(table.cast.observer).opens(f"{page}{asked}")

    assert person.status == 200
    assert factories.PROSE.en in person.text


def test_what_was_said_leads_to_what_waits_next_and_back(sign_in: SignIn, table: Table, page: str) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Agree")
    links = {str(one.text): str(one.get("href")) for one in head.page.xpath("//*[@class='flashes']//a")}
    assert links == {
        "Next that waits for you: Working title": f"/paragraphs/{table.heading.id}",
        "Withdraw it again": f"{page}?act=withdraw#acts",
    }

    head.opens(links["Withdraw it again"])
    [fold] = head.page.xpath("//details[.//*[@id='withdrawal-reason']]")
    assert "open" in fold.attrib
    head.presses("Withdraw our position", reason="Read again.")

    assert "Withdraw it again" not in head.text
    head.opens(f"/paragraphs/{table.heading.id}").presses("Agree").opens(page)
    assert "Nothing else in this text waits for you" in head.presses("Agree").text


def test_what_cannot_be_undone_is_asked_once_and_a_disabled_button_asks_nothing(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment
) -> None:
    cn = sign_in(table.cast.cn_head).opens(page)
    translator = sign_in(table.cast.us_translator).opens(page)

    assert amendment.number == 1
    for person, label in ((cn, "Accept amendment 1"), (translator, "Certify concordance")):
        [fold] = person.page.xpath(f"//details[summary[normalize-space()='{label}…']]")
        assert "open" not in fold.attrib
        assert label in [" ".join(str(one.text_content()).split()) for one in fold.iter("button")]
    translator.presses("Certify concordance")
    assert not translator.can_press("Certify concordance")
    assert not translator.page.xpath("//summary[normalize-space()='Certify concordance…']")


def test_the_exact_text_stands_beside_the_acts_whatever_view_was_chosen(
    sign_in: SignIn, table: Table, page: str, amendment: Amendment
) -> None:
    head = sign_in(table.cast.cn_head)

    assert amendment.text == factories.OTHER_PROSE
    for view, stands in (("brackets", True), ("redline", True), ("texts", True), ("clean", False)):
        head.opens(f"{page}?view={view}")
        found = head.page.find_class("act-decides")
        assert bool(found) is stands, view
        for one in found:
            assert factories.PROSE.en in str(one.text_content())
            assert factories.PROSE.zh in str(one.text_content())
    assert not sign_in(table.cast.observer).opens(page).page.find_class("act-decides")
