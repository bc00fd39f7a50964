"""What one side does by itself changes nothing on any page of the others: no text, no count, no gap in numbers."""

from collections.abc import Iterator

from tests.blueprints.tables import Table
from tests.participants import Participant
from tests.web import SignIn

OTHERS = ("cn_head", "cn_drafter", "cn_adviser", "observer", "secretariat")
SECRET_EN, SECRET_ZH = "Zanzibar in confidence.", "桑给巴尔机密。"


def pages(table: Table) -> Iterator[str]:
    """Return every page that is about the table."""
    agreement, meeting = f"/agreements/{table.agreement.id}", f"/sessions/{table.meeting.id}"
    yield from ("/", "/agreements", "/agenda", agreement, f"{agreement}?mode=clean", meeting, f"{meeting}/agenda")
    yield from (f"{agreement}/{what}" for what in ("closing", "history", "documents", "discussion?show=all"))
    yield from (f"/paragraphs/{paragraph.id}" for paragraph in (table.heading, table.paragraph))


def works_inside(drafter: Participant, head: Participant, table: Table) -> list[str]:
    """Do everything a delegation does by itself; return the addresses of its drafts."""
    drafts = []
    for path, place in (
        (f"/agreements/{table.agreement.id}/drafts/new", {"place": f"after:{table.paragraph.id}"}),
        (f"/agreements/{table.agreement.id}/agenda/new", {"title_en": SECRET_EN, "title_zh": SECRET_ZH}),
        (f"/paragraphs/{table.paragraph.id}/drafts/new", {}),
    ):
        drafter.opens(path).presses("Save as my private draft", en=SECRET_EN, zh=SECRET_ZH, **place)
        drafter.presses("Share in my delegation").presses("Save", rationale=SECRET_EN)
        drafts.append(drafter.path)
    drafter.presses("Put away")
    paragraph = f"/paragraphs/{table.paragraph.id}"
    drafter.opens(paragraph).presses("Note for our delegation", comment=SECRET_EN)
    head.opens(paragraph).presses("Note for our delegation", comment=SECRET_ZH)
    thread = _thread_of(drafter.opens(paragraph))
    drafter.opens(thread).presses("Reply to our delegation", comment=f"@US translator {SECRET_EN}")
    drafter.follows("Edit").presses("Save the edit", comment=f"{SECRET_EN} Edited.")
    drafter.follows("Make it a task").presses("Give this task", due="2099-12-01T18:00")
    drafter.presses("It is done").presses("Reopen the task").presses("Withdraw").presses("Resolve").presses("Reopen")
    drafter.follows("Say it to both sides…").presses("Show what it would look like", comment=SECRET_EN)
    head.opens(f"/agreements/{table.agreement.id}/documents").presses("Make and download")
    return [*drafts, thread]


def _thread_of(person: Participant) -> str:
    """Return the address of the first thread on the page."""
    return next(str(one.get("href")) for one in person.page.iter("a") if str(one.get("href")).startswith("/threads/"))


def test_nothing_of_it_shows_on_any_page_of_the_others(sign_in: SignIn, table: Table) -> None:
    others = {who: sign_in(table.who(who)) for who in OTHERS}

    def read() -> dict[tuple[str, str], str]:
        return {(who, path): other.opens(path).text for who, other in others.items() for path in pages(table)}

    before = read()

    drafts = works_inside(sign_in(table.cast.us_drafter), sign_in(table.cast.us_head), table)

    assert read() == before
    assert not any(SECRET_EN in text or SECRET_ZH in text for text in before.values())
    for other in others.values():
        assert [other.opens(draft).status for draft in drafts] == [404, 404, 404, 404]


def test_the_own_side_reads_it(sign_in: SignIn, table: Table) -> None:
    works_inside(sign_in(table.cast.us_drafter), sign_in(table.cast.us_head), table)

    colleague = sign_in(table.cast.us_adviser)
    assert SECRET_EN in colleague.opens("/").text
    assert SECRET_EN in colleague.opens(f"/paragraphs/{table.paragraph.id}").text


def test_numbers_of_amendments_have_no_gaps_that_drafts_would_leave(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    works_inside(drafter, sign_in(table.cast.us_head), table)
    drafter.opens(f"/paragraphs/{table.paragraph.id}/drafts/new")
    drafter.presses("Save as my private draft", en="Open words.", zh="公开文字。").presses("Table this text")

    other = sign_in(table.cast.cn_drafter).opens(f"/paragraphs/{table.paragraph.id}")

    assert other.can_press("Accept amendment 1")


def test_the_other_side_reads_delegations_and_never_who_within_one(sign_in: SignIn, table: Table) -> None:
    paragraph = f"/paragraphs/{table.paragraph.id}"
    sign_in(table.cast.us_drafter).opens(paragraph).presses("Reserve", reason="Open reason.")
    sign_in(table.cast.us_adviser).opens(paragraph).presses("Comment to both sides", comment="Open remark.")

    other, own = sign_in(table.cast.cn_drafter).opens(paragraph), sign_in(table.cast.us_head).opens(paragraph)

    for said in ("Open reason.", "Open remark."):
        assert said in other.text
    for name in ("US drafter", "US adviser"):
        assert name in own.text
        assert name not in other.text
