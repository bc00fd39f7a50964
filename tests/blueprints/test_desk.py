"""The desk: what waits for whom, and nothing of what the other side does by itself."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tests import factories
from tests.blueprints.tables import Table
from tests.conftest import Begin
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind
from workflow.models import Scope
from workflow.permissions import Role
from workflow.services import motions, silences
from workflow.services.reading import read


def test_strangers_are_asked_to_sign_in(sign_in: SignIn) -> None:
    assert sign_in(None).opens("/").title == "Sign in"


@pytest.mark.parametrize(
    ("who", "waits"),
    [
        ("us_head", "take a position"),
        ("us_drafter", "take a position"),
        ("us_translator", "certify concordance"),
    ],
)
def test_a_text_waits_for_who_can_do_what_it_waits_for(sign_in: SignIn, table: Table, who: str, waits: str) -> None:
    person = sign_in(table.who(who)).opens("/")

    assert waits in person.text
    person.follows("Read")
    assert person.path.startswith("/paragraphs/")


@pytest.mark.parametrize("who", ["us_adviser", "observer", "secretariat"])
def test_nothing_waits_for_who_can_only_read_or_see_to_procedure(sign_in: SignIn, table: Table, who: str) -> None:
    assert "Nothing waits for you." in sign_in(table.who(who)).opens("/").text


def test_the_head_is_asked_for_the_own_list_and_then_no_longer(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens("/")
    assert "confirm your participant list" in head.text

    head.opens(f"/sessions/{table.meeting.id}").presses("Confirm our list")

    assert "confirm your participant list" not in head.opens("/").text


def test_a_text_that_only_waits_for_the_heads_says_so_to_the_heads(sign_in: SignIn, ready: Table) -> None:
    head = sign_in(ready.cast.us_head).opens("/")

    assert "The text is ready to be adopted" in head.text
    assert "The text is ready to be adopted" not in sign_in(ready.cast.us_drafter).opens("/").text
    assert head.follows("Read and adopt").can_press("Adopt this text")


def test_a_head_is_led_to_confirm_what_the_side_holds_ad_referendum(sign_in: SignIn, table: Table) -> None:
    link = "Read 1 paragraph and confirm it"
    assert link not in sign_in(table.cast.us_head).opens("/").text
    sign_in(table.cast.us_drafter).opens(f"/paragraphs/{table.paragraph.id}").presses("Agree ad referendum")

    head = sign_in(table.cast.us_head).opens("/").follows(link)

    assert head.path == f"/agreements/{table.agreement.id}/confirmation"
    assert link not in sign_in(table.cast.cn_head).opens("/").text


def test_a_motion_waits_on_the_desk_for_whoever_may_answer_it_and_no_longer_once_answered(
    sign_in: SignIn, writing: Begin, ready: Table
) -> None:
    waits = "answer what is put to all sides"
    with writing() as session:
        agreement = session.merge(ready.agreement)
        motion = motions.put(
            session,
            kind=MotionKind.SILENCE,
            agreement=agreement,
            by=session.merge(ready.cast.us_head),
            seen=read(session, agreement.id).listing,
            details=silences.asked(datetime.now(UTC) + timedelta(days=3)),
        )

    assert waits in sign_in(ready.cast.cn_head).opens("/").text
    assert "Silence procedure motion 1" in sign_in(ready.cast.cn_head).opens(f"/agreements/{ready.agreement.id}").text
    for who in ("us_head", "cn_drafter", "observer", "secretariat"):
        assert waits not in sign_in(ready.who(who)).opens("/").text
    with writing() as session:
        motions.object_to(session, motion=session.merge(motion), by=session.merge(ready.cast.cn_head))
    assert waits not in sign_in(ready.cast.cn_head).opens("/").text


#: How a moment in a time zone of its own reads.
SHOWN = {
    "en": "{0:%b} {0.day}, {0.year}, {0:%H:%M} {1}",
    "zh_Hans": "{1}{0.year}年{0.month}月{0.day}日{0:%H:%M}",
}
#: What its zone is called.
ZONES = {
    "en": {"Asia/Shanghai": "China (Shanghai) Time", "UTC": "UTC"},
    "zh_Hans": {"Asia/Shanghai": "中国（上海）时间", "UTC": "协调世界时"},
}


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_silence_that_runs_says_its_moment_in_each_time_zone_to_everybody(
    sign_in: SignIn, writing: Begin, ready: Table, locale: str
) -> None:
    expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    title = {"en": "A silence procedure runs", "zh_Hans": "默许程序正在进行"}[locale]
    with writing() as session:
        agreement = session.merge(ready.agreement)
        motion = motions.put(
            session,
            kind=MotionKind.SILENCE,
            agreement=agreement,
            by=session.merge(ready.cast.us_head),
            seen=read(session, agreement.id).listing,
            details=silences.asked(expires),
        )
        assert motions.consent(session, motion=motion, by=session.merge(ready.cast.cn_head))
        moments = silences.moments(read(session, agreement.id), expires)

    assert len(moments) >= 2
    for who, path in product(("cn_drafter", "observer", "secretariat"), ("/", f"/agreements/{ready.agreement.id}")):
        text = sign_in(ready.who(who), locale=locale).opens(path).text
        assert title in text
        assert all(SHOWN[locale].format(one, ZONES[locale][str(one.tzinfo)]) in text for one in moments)


def test_whoever_takes_part_in_nothing_is_told_whom_to_ask(sign_in: SignIn, writing: Begin) -> None:
    with writing() as session:
        account = factories.an_account(session, email="nobody@example.org", name="nobody")

    for path in ("/", "/agreements", "/agenda"):
        assert "You take part in no dialogue." in sign_in(account).opens(path).text


def test_whoever_takes_part_in_two_dialogues_finds_both(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        second = factories.a_dialogue(session, short_name="second")
        second.name = Bilingual("Second dialogue", "第二对话")
        account = session.merge(table.cast.observer).account
        factories.a_member(session, second, Role.OBSERVER, account=account)

    person = sign_in(table.cast.observer).opens("/")

    assert person.title == "Desk"
    assert "Exercise dialogue" in person.text
    assert "Second dialogue" in person.text


def test_drafts_on_the_desk_are_the_own_ones_and_what_colleagues_share(
    sign_in: SignIn, writing: Begin, table: Table
) -> None:
    with writing() as session:
        agreement, drafter = session.merge(table.agreement), session.merge(table.cast.us_drafter)
        factories.a_draft(session, agreement, drafter, Bilingual("Private words.", "私下文字。"))
        factories.a_draft(session, agreement, drafter, Bilingual("Shared words.", "共享文字。"), is_shared=True)
        factories.a_thread(session, session.merge(table.paragraph), drafter, "Inside.", scope=Scope.DELEGATION)

    def reads(who: str) -> tuple[bool, bool]:
        text = sign_in(table.who(who)).opens("/").text
        return "Private words." in text, "Shared words." in text

    assert reads("us_drafter") == (True, True)
    assert reads("us_adviser") == (False, True)
    for who in ("cn_head", "cn_drafter", "observer", "secretariat"):
        assert reads(who) == (False, False)


def test_a_comment_given_as_a_task_stands_on_the_desk_once(sign_in: SignIn, table: Table) -> None:
    words = "@US drafter, please see to it."
    head, drafter = sign_in(table.cast.us_head), sign_in(table.cast.us_drafter)
    head.opens(f"/paragraphs/{table.paragraph.id}").presses("Note for our delegation", comment=words)
    assert "You are named" in drafter.opens("/").text

    addresses = (str(one.get("href")) for one in head.page.iter("a"))
    head.opens(next(one for one in addresses if one.startswith("/threads/")))
    head.follows("Make it a task").presses(
        "Give this task", due="2099-12-01T18:00", assignee=str(table.cast.us_drafter.id)
    )

    assert drafter.opens("/").text.count(words) == 1
    assert "Given to you" in drafter.text
    assert "You are named" not in drafter.text


def test_what_has_a_name_in_both_languages_stands_in_the_readers_first(sign_in: SignIn, table: Table) -> None:
    english, chinese = (sign_in(table.cast.us_head, locale=locale) for locale in ("en", "zh_Hans"))
    for path, en, zh in (
        ("/agreements", "Exercise agreement", "演练共识"),
        (f"/dialogues/{table.cast.dialogue.id}", "Exercise dialogue", "演练对话"),
        (f"/sessions/{table.meeting.id}", "Exercise room", "演练室"),
    ):
        assert f"{en} {zh}" in english.opens(path).text
        assert f"{zh} {en}" in chinese.opens(path).text
