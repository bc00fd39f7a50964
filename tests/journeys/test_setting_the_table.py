"""The table is set through the pages' own forms: from the operator's grant to the first text the other side reads."""

from io import StringIO

import pytest
from flask import Flask

from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow import cli, passwords
from workflow.models import Account
from workflow.services import journal, members

PASSWORD = "four words in a row"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at once: how long that takes is measured elsewhere."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)


@pytest.fixture
def secretariat(writing: Begin, sign_in: SignIn, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Participant:
    """Whom the operator lets open dialogues, signed in, taking part in nothing yet."""
    monkeypatch.setenv("WORKFLOW_DATABASE_URL", database_url)
    monkeypatch.setattr("sys.stdin", StringIO(PASSWORD))
    granted = cli.main(["user", "add", "office@example.org", "--name", "Secretariat", "--opens-dialogues"])
    assert granted == 0
    with writing() as session:
        account = members.find_account(session, "office@example.org")
    assert isinstance(account, Account)
    return sign_in(account)


def link_on(person: Participant) -> str:
    """Return the path of the link that the page shows."""
    shown = next(str(one.text) for one in person.page.iter("textarea"))
    return shown.strip().removeprefix("http://localhost:8000")


def joins(person: Participant, link: str, name: str, email: str) -> Participant:
    """Take up an invitation as somebody new, and sign in."""
    person.opens(link)
    assert email in person.text
    person.presses("Open my account, and take part", name=name, new_password=PASSWORD, new_password_confirm=PASSWORD)
    person.presses("Sign in", email=email, password=PASSWORD)
    return person


def test_a_table_is_set_and_the_first_text_lies_on_it(
    app: Flask, sign_in: SignIn, reading: Begin, secretariat: Participant
) -> None:
    secretariat.opens("/").follows("Open a dialogue").presses(
        "Open the dialogue",
        **{
            "name_en": "Exercise dialogue",
            "name_zh": "演练对话",
            "short_name": "exercise-dialogue",
            "sides-0-code": "US",
            "sides-0-name_en": "United States",
            "sides-0-name_zh": "美方",
            "sides-0-adjective_en": "U.S.",
            "sides-0-adjective_zh": "美方",
            "sides-1-code": "CN",
            "sides-1-name_en": "China",
            "sides-1-name_zh": "中方",
            "sides-1-adjective_en": "Chinese",
            "sides-1-adjective_zh": "中方",
        },
    )
    assert secretariat.title == "Exercise dialogue 演练对话"
    assert "There is no session yet." in secretariat.text
    dialogue = secretariat.path

    people: dict[str, Participant] = {}
    for code in ("US", "CN"):
        secretariat.opens(dialogue).follows("Invite somebody").presses(
            "Invite", email=f"{code}.head@example.org", seat=f"head:{code}"
        )
        head = joins(sign_in(None), link_on(secretariat), f"{code} head", f"{code.lower()}.head@example.org")
        assert f"{code} Head of delegation" in head.text
        head.opens(dialogue).follows("Members of our side").follows("Invite somebody").presses(
            "Invite", email=f"{code}.drafter@example.org", seat=f"drafter:{code}"
        )
        people[f"{code} head"] = head
        people[f"{code} drafter"] = joins(
            sign_in(None), link_on(head), f"{code} drafter", f"{code.lower()}.drafter@example.org"
        )
        head.opens(f"{dialogue}/members")
        assert f"{code} drafter" in head.text
        assert "No invitation is open." in head.text
    assert "US drafter" not in people["CN head"].opens(f"{dialogue}/members").text
    assert "drafter" not in secretariat.opens(f"{dialogue}/members").text

    secretariat.opens(dialogue).follows("Open a session").presses_one("Add a place", 0, **{"places-0-en": "Sanya"})
    assert secretariat.typed("places-0-en") == "Sanya"
    secretariat.presses("Add dates").presses(
        "Open the session",
        **{
            "name_en": "Exercise session",
            "name_zh": "演练会议",
            "places-0-zh": "三亚",
            "places-1-en": "Washington, DC",
            "places-1-zh": "华盛顿",
            "dates-0-side": "US",
            "dates-0-first": "2026-12-09",
            "dates-0-last": "2026-12-10",
            "dates-0-time_zone": "America/New_York",
            "dates-1-side": "CN",
            "dates-1-first": "2026-12-10",
            "dates-1-last": "2026-12-11",
            "dates-1-time_zone": "Asia/Shanghai",
            "hosts-0-en": "Exercise institute",
            "hosts-0-zh": "演练研究所",
        },
    )
    assert "United States (New York) Time" in secretariat.text
    assert "Washington, DC" in secretariat.text
    session_page = secretariat.path

    for code in ("US", "CN"):
        drafter, head = people[f"{code} drafter"], people[f"{code} head"]
        drafter.opens(session_page).follows("Write our list").presses("Add a person").presses(
            "Save the list",
            **{
                "people-0-display_en": f"{code} Participant",
                "people-0-title_en": "Researcher",
                "people-0-is_leader": "y",
            },
        )
        assert f"{code} Participant" in drafter.text
        head.opens(session_page).presses("Confirm our list")
        assert "The list is confirmed as it stands." in head.text

    people["CN head"].opens(session_page).follows("Open the agreement").presses(
        "Open the agreement", name_en="Exercise consensus", name_zh="演练共识"
    )
    assert "Nothing is tabled yet." in people["CN head"].text
    agreement = people["CN head"].path
    drafter = people["US drafter"].opens(agreement).follows("Draft new text")
    drafter.presses("Save as my private draft", en="Rules should be published.", zh="规则应予公布。", place="end")
    drafter.presses("Table this text")
    assert "Rules should be published." in people["CN drafter"].opens(agreement).text

    secretariat.opens(f"{agreement}/history")
    for said in ("The dialogue was opened", "Session 1 was opened", "The agreement was opened"):
        assert said in secretariat.text
    assert "joined" not in people["CN drafter"].opens(f"{agreement}/history").text.split("What only your side sees")[0]
    with reading() as session:
        assert journal.verify(session) == ()
