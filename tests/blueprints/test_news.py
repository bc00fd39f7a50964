"""What open pages ask for by themselves: what others did, in the reader's words, at next to no cost."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests.blueprints.tables import Table, sends
from tests.participants import Participant
from tests.web import SignIn

#: Every page that says what is new, for the head of a side.
PAGES = (
    "/",
    "{agreement}",
    "{agreement}/closing",
    "{agreement}/confirmation",
    "{agreement}/discussion",
    "{paragraph}",
    "{paragraph}/motions",
)


def asks(person: Participant) -> str:
    """Return where the page in front of `person` asks for news."""
    [url] = person.page.xpath("//@data-news")
    return str(url)


def told(person: Participant, url: str) -> html.HtmlElement:
    """Return what `person` is told; there must be something."""
    answer = person.client.get(url)
    assert answer.status_code == 200, url
    return html.fromstring(answer.text)


@pytest.fixture
def page(table: Table) -> Callable[[str], str]:
    """Return a function that fills in the addresses of the text on the table."""
    agreement, paragraph = f"/agreements/{table.agreement.id}", f"/paragraphs/{table.paragraph.id}"
    return lambda path: path.format(agreement=agreement, paragraph=paragraph)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_told_what_the_other_side_did_and_nothing_before(
    sign_in: SignIn, table: Table, page: Callable[[str], str], path: str
) -> None:
    head = sign_in(table.cast.cn_head).opens(page(path))
    url = asks(head)
    assert head.client.get(url).status_code == 204

    sign_in(table.cast.us_drafter).opens(page("{paragraph}")).presses("Comment to both sides", comment="A remark.")

    news = told(head, url)
    text = " ".join(news.text_content().split())
    assert "US A comment for both sides ¶1" in text
    assert table.cast.us_drafter.account.name not in text
    [way] = news.xpath("//a/@href")
    assert "A remark." in head.opens(way).text
    assert head.client.get(f"{url}&seen={news.get('data-seen')}").status_code == 204


def test_a_page_that_shows_a_form_again_is_told_too(sign_in: SignIn, table: Table, page: Callable[[str], str]) -> None:
    head = sign_in(table.cast.cn_head).opens(page("{paragraph}"))
    assert head.presses("Reserve", reason=" ").status == 422
    url = asks(head)
    assert f"paragraph={table.paragraph.id}" in url

    sign_in(table.cast.us_drafter).opens(page("{paragraph}")).presses("Comment to both sides", comment="A remark.")

    assert "A comment for both sides" in told(head, url).text_content()


@pytest.mark.parametrize("path", [*PAGES, "{agreement}?mode=clean"])
def test_a_page_knows_where_it_is_got_anew(
    sign_in: SignIn, table: Table, page: Callable[[str], str], path: str
) -> None:
    head = sign_in(table.cast.cn_head).opens(page(path))

    assert head.page.xpath("//@data-news-page") == [page(path)]


@pytest.mark.parametrize(
    ("path", "action", "typed"),
    [
        ("{paragraph}", "{paragraph}/positions", {"stance": "reserve", "reason": " "}),
        ("{paragraph}/motions", "{paragraph}/moves", {"place": "nowhere"}),
        ("{agreement}/closing", "{agreement}/silences", {"until": "never"}),
        ("{agreement}/confirmation", "{agreement}/confirmation", {}),
    ],
)
def test_so_does_one_that_answers_a_form_under_its_address(
    sign_in: SignIn, table: Table, page: Callable[[str], str], path: str, action: str, typed: dict[str, str]
) -> None:
    head = sends(sign_in(table.cast.cn_head).opens(page(path)), page(action), **typed)

    assert head.status == 422
    assert head.page.xpath("//@data-news-page") == [page(path)]


def test_a_thread_is_told_too_and_a_colleague_is_named(
    sign_in: SignIn, table: Table, page: Callable[[str], str]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page("{paragraph}"))
    drafter.presses("Note for our delegation", comment="Ours.")
    head = sign_in(table.cast.us_head).opens(str(drafter.page.xpath("//a[contains(@href, '/threads/')]/@href")[0]))
    url = asks(head)
    assert f"paragraph={table.paragraph.id}" in url
    assert head.page.xpath("//@data-news-page") == [head.path]
    thread = head.path
    assert head.presses("Reply to our delegation", comment=" ").status == 422
    assert head.page.xpath("//@data-news-page") == [thread]

    drafter.opens(page("{paragraph}")).presses("Note for our delegation", comment="Ours, too.")

    assert table.cast.us_drafter.account.name in told(head, url).text_content()
    assert "A comment for your delegation only" in told(head, url).text_content()


def test_ones_own_acts_are_no_news(sign_in: SignIn, table: Table, page: Callable[[str], str]) -> None:
    head = sign_in(table.cast.us_head).opens(page("{paragraph}"))
    url = asks(head)
    head.presses("Comment to both sides", comment="Mine.")

    news = told(head, url)

    assert "".join(news.text_content().split()) == ""
    assert head.client.get(f"{url}&seen={news.get('data-seen')}").status_code == 204


def test_the_page_of_a_text_that_changed_is_told_so(sign_in: SignIn, table: Table, page: Callable[[str], str]) -> None:
    head = sign_in(table.cast.us_head).opens(page("{paragraph}"))
    other = sign_in(table.cast.cn_head).opens(page("{paragraph}"))
    other.presses("Comment to both sides", comment="A remark.")
    assert told(head, asks(head)).get("data-outdated") is None

    drafter = sign_in(table.cast.cn_drafter).opens(f"{page('{paragraph}')}/drafts/new")
    drafter.presses("Save as my private draft", en="Both should publish all rules.", zh="双方应公布全部规则。")
    assert told(head, asks(head)).get("data-outdated") is None
    drafter.presses("Table this text")

    assert told(head, asks(head)).get("data-outdated") is not None


@pytest.mark.parametrize("who", ["cn_head", "observer", "secretariat"])
def test_what_a_side_does_by_itself_changes_no_byte_of_the_answer(
    sign_in: SignIn, table: Table, page: Callable[[str], str], who: str
) -> None:
    person = sign_in(table.who(who)).opens(page("{paragraph}"))
    sign_in(table.cast.us_head).opens(page("{paragraph}")).presses("Comment to both sides", comment="A remark.")
    urls = (asks(person), f"{asks(person)}&seen=nothing")

    def answers() -> list[tuple[int, bytes, list[tuple[str, str]]]]:
        found = [person.client.get(url) for url in urls]
        return [
            (one.status_code, one.data, [pair for pair in one.headers if pair[0] != "X-Request-ID"]) for one in found
        ]

    before = answers()
    drafter = sign_in(table.cast.us_drafter).opens(f"{page('{paragraph}')}/drafts/new")
    drafter.presses("Save as my private draft", en="Ours.", zh="我方。").presses("Share in my delegation")
    drafter.opens(page("{paragraph}")).presses("Note for our delegation", comment="Ours.")

    assert answers() == before


def test_nothing_new_costs_three_short_statements_and_no_page(
    app: Flask, sign_in: SignIn, table: Table, page: Callable[[str], str]
) -> None:
    asked: list[str] = []
    sa.event.listen(app.extensions["database"], "before_cursor_execute", lambda *what: asked.append(what[2]))
    for path in ("{agreement}", "/"):
        head = sign_in(table.cast.us_head).opens(page(path))
        url = asks(head)
        asked.clear()

        answer = head.client.get(url)

        assert (answer.status_code, answer.data) == (204, b"")
        read = [one for one in asked if one.startswith("SELECT")]
        assert len(read) == 3, "the account, the seat, the marks"
        assert "details" not in read[2], "no entry of the journal is read"


def test_asking_does_not_put_off_the_end_of_the_session(
    sign_in: SignIn, table: Table, page: Callable[[str], str]
) -> None:
    head = sign_in(table.cast.us_head).opens(page("{agreement}"))
    assert "Set-Cookie" in head.opens(page("{agreement}")).headers
    url = asks(head)

    for path in (url, f"{url}&seen=nothing", f"{page('{agreement}')}/table?seen=nothing"):
        assert "Set-Cookie" not in head.client.get(path).headers, path


def test_who_is_signed_out_or_takes_no_part_learns_nothing(
    sign_in: SignIn, table: Table, page: Callable[[str], str]
) -> None:
    url = asks(sign_in(table.cast.us_head).opens(page("{agreement}")))

    assert sign_in(None).client.get(url).status_code == 303
    assert sign_in(table.outsider).client.get(url).status_code == 404


def test_it_is_said_in_the_readers_language(sign_in: SignIn, table: Table, page: Callable[[str], str]) -> None:
    head = sign_in(table.cast.cn_head, locale="zh_Hans").opens(page("{agreement}"))
    sign_in(table.cast.us_head).opens(page("{paragraph}")).presses("Agree")

    assert "打开本页后的新动态" in told(head, asks(head)).text_content()
