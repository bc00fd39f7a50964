"""Closing a text: every cause is shown, nothing is adopted unseen, and the last of two adoptions freezes it once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.services.moves import accepted, amended
from tests.web import SignIn
from workflow.domain.negotiation import AmendmentKind, Stage
from workflow.models import Adoption, Entered, JournalEntry, Membership, Paragraph
from workflow.services.reading import read


def closing(table: Table) -> str:
    """Return the address of the closing page."""
    return f"/agreements/{table.agreement.id}/closing"


@pytest.mark.parametrize("who", ["us_head", "cn_adviser", "observer", "secretariat"])
def test_everybody_who_takes_part_reads_every_cause(sign_in: SignIn, table: Table, who: str) -> None:
    person = sign_in(table.who(who)).opens(closing(table))

    for cause in (
        "A side has no position yet",
        "Concordance is not certified",
        "Nothing is recorded of what became of this agenda item",
        "A head has not confirmed the participant list of its own side",
    ):
        assert cause in person.text
    assert "became of this agenda item the secretariat or any side" in person.text
    assert not person.can_press("Adopt this text")


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table) -> None:
    action = f"/agreements/{table.agreement.id}/adoptions"

    assert sign_in(table.outsider).opens(closing(table)).status == 404
    assert sign_in(None).opens(closing(table)).title == "Sign in"
    assert sends(sign_in(table.outsider).opens("/"), action).status == 404
    assert sends(sign_in(None).opens("/sign-in"), action).status == 401
    assert sends(sign_in(table.cast.us_head).opens("/"), f"/agreements/{uuid4()}/adoptions").status == 404


@pytest.mark.parametrize("who", ["us_drafter", "us_translator", "us_adviser", "observer", "secretariat"])
def test_only_heads_adopt(sign_in: SignIn, ready: Table, who: str) -> None:
    person = sign_in(ready.who(who)).opens(closing(ready))

    assert not person.sees_button("Adopt this text")
    assert sends(person, f"/agreements/{ready.agreement.id}/adoptions").status == 403


def test_a_text_that_is_not_ready_is_refused_whoever_asks(sign_in: SignIn, reading: Begin, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(closing(table))
    with reading() as session:
        listing = read(session, table.agreement.id).listing

    assert sends(head, f"/agreements/{table.agreement.id}/adoptions", listing=listing).status == 409
    assert "Not every paragraph is agreed or carried over yet." in head.text


@pytest.mark.parametrize("listing", ["", "0" * 64])
def test_nobody_adopts_a_text_the_page_did_not_show(sign_in: SignIn, ready: Table, listing: str) -> None:
    head = sign_in(ready.cast.us_head).opens(closing(ready)).presses("Adopt this text", listing=listing)

    assert head.status == 409
    assert "The text has changed since you opened the page." in head.text


def test_a_change_between_two_adoptions_makes_the_first_lapse_and_says_so(
    sign_in: SignIn, writing: Begin, ready: Table
) -> None:
    us, cn = sign_in(ready.cast.us_head).opens(closing(ready)), sign_in(ready.cast.cn_head).opens(closing(ready))
    us.presses("Adopt this text")
    with writing() as session:
        factories.a_wording(session, session.get_one(Paragraph, ready.paragraph.id))

    cn.presses("Adopt this text")

    assert cn.status == 409
    us.opens(closing(ready))
    assert "An adoption has lapsed" in us.text
    assert not us.can_press("Adopt this text")


def test_a_frozen_text_is_adopted_no_second_time(sign_in: SignIn, ready: Table) -> None:
    us, cn, again = (sign_in(ready.who(who)).opens(closing(ready)) for who in ("us_head", "cn_head", "us_head"))
    us.presses("Adopt this text")
    assert again.presses("Adopt this text").status == 409

    cn.presses("Adopt this text")

    assert "Both sides have adopted. The text is frozen." in cn.text
    assert not cn.sees_button("Adopt this text")
    assert again.opens(closing(ready)).status == 200
    assert sends(again, f"/agreements/{ready.agreement.id}/adoptions").status == 409


def test_a_published_text_is_not_adopted_here(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(f"/agreements/{table.published.id}/closing")

    assert "Nothing in it is negotiated or adopted here." in head.text
    assert sends(head, f"/agreements/{table.published.id}/adoptions").status == 409


def test_two_last_adoptions_at_one_instant_freeze_the_text_once(
    sign_in: SignIn, reading: Begin, ready: Table, findings: Callable[[], object]
) -> None:
    people = [sign_in(head).opens(closing(ready)) for head in (ready.cast.us_head, ready.cast.cn_head)]
    at_once = Barrier(2, timeout=30)

    def adopts(nth: int) -> tuple[int, bool]:
        at_once.wait()
        person = people[nth].presses("Adopt this text")
        return person.status, "Both sides have adopted." in person.text

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(adopts, range(2)))

    assert sorted(answers) == [(200, False), (200, True)]
    assert findings() == ()
    with reading() as session:
        assert read(session, ready.agreement.id).stage is Stage.ADOPTED
        entered = list(session.scalars(sa.select(JournalEntry.act).where(JournalEntry.chain == "")))
        assert entered.count(Entered.ADOPTED) == 2
        assert entered.count(Entered.FROZEN) == 1


def test_one_head_pressing_twice_at_one_instant_adopts_once(sign_in: SignIn, reading: Begin, ready: Table) -> None:
    people = [sign_in(ready.cast.us_head).opens(closing(ready)) for _ in range(2)]
    at_once = Barrier(2, timeout=30)

    def adopts(nth: int) -> int:
        at_once.wait()
        return people[nth].presses("Adopt this text").status

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(adopts, range(2)))

    assert answers == [200, 409]
    with reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Adoption)) == 1
        assert read(session, ready.agreement.id).stage is Stage.NEGOTIATION


@pytest.mark.parametrize("label", ["Amend", "Propose to defer", "Certify concordance"])
def test_nothing_is_changed_after_adoption(sign_in: SignIn, ready: Table, label: str) -> None:
    for head in (ready.cast.us_head, ready.cast.cn_head):
        sign_in(head).opens(closing(ready)).presses("Adopt this text")
    paragraph = f"/paragraphs/{ready.paragraph.id}"
    who = ready.cast.us_translator if label == "Certify concordance" else ready.cast.us_drafter
    person = sign_in(who).opens(paragraph)

    assert not person.can_press(label)
    what = {"Amend": "drafts", "Propose to defer": "deferral", "Certify concordance": "certificates"}[label]
    assert sends(person, f"{paragraph}/{what}", kind="mod", en="Other.", zh="其他。").status == 409


def test_a_text_is_read_on_by_everybody_once_frozen(sign_in: SignIn, ready: Table) -> None:
    for head in (ready.cast.us_head, ready.cast.cn_head):
        sign_in(head).opens(closing(ready)).presses("Adopt this text")

    observer = sign_in(ready.cast.observer, locale="zh_Hans").opens(f"/agreements/{ready.agreement.id}")

    assert "双方均已通过；案文已冻结。" in observer.text
    assert "Draft new text" not in sign_in(ready.cast.us_drafter).opens(f"/agreements/{ready.agreement.id}").text


def test_the_list_for_finalising_shows_each_change_that_lapses_and_what_it_does_not_settle(
    sign_in: SignIn, writing: Begin, table: Table
) -> None:
    with writing() as session:
        drafter = session.get_one(Membership, table.cast.us_drafter.id)
        change = amended(session, session.get_one(Paragraph, table.paragraph.id), drafter)
        words = change.text

    head = sign_in(table.cast.cn_head).opens(closing(table))

    assert "Amendment 1, which lapses" in head.text
    assert words.zh[-4:] in head.text
    _, _, left = head.text.partition("What finalising does not settle")
    assert "A side has no position yet" in left


def test_a_deletion_waits_for_both_heads_on_its_page_their_lists_and_the_closing_page(
    sign_in: SignIn, writing: Begin, table: Table
) -> None:
    with writing() as session:
        paragraph = session.get_one(Paragraph, table.paragraph.id)
        us, cn = (session.get_one(Membership, one.id) for one in (table.cast.us_drafter, table.cast.cn_drafter))
        accepted(session, amended(session, paragraph, us, kind=AmendmentKind.SUP), cn)

    head = sign_in(table.cast.us_head).opens(f"/agreements/{table.agreement.id}/confirmation")
    assert "You confirm that this paragraph is deleted." in head.text
    head.opens(closing(table))
    assert "Ad referendum: a head is still to confirm" in head.text

    head.opens(f"/paragraphs/{table.paragraph.id}")
    assert "The deletion still lacks the final word of:" in head.text
    assert "One of the two languages is still missing." not in head.text
    head.presses("Agree to the deletion")
    other = sign_in(table.cast.cn_head).opens(f"/paragraphs/{table.paragraph.id}").presses("Agree to the deletion")
    assert "Both heads have agreed to the deletion." in other.text


def test_the_lists_that_are_adopted_with_the_text_stand_on_the_page(sign_in: SignIn, ready: Table) -> None:
    head = sign_in(ready.cast.us_head).opens(closing(ready))

    shown = [str(one.text_content()) for one in head.page.find_class("participant-list")]
    assert len(shown) == len(ready.lists)
    for listed in ready.lists.values():
        assert any(listed.delegation.name.en in one for one in shown)
