"""Scripts where words belong are words: on every sort of page, in a real browser, under the policy that is served."""

import re
import threading
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from lxml import html
from playwright.sync_api import Browser, Response, expect
from werkzeug.serving import make_server

from tests.browser.visitors import Visitor
from tests.wall.crawler import Seen, crawl, posts, seen
from tests.wall.inscribed import CUT, PEOPLE, SCRIPT, Inscribed, inscribe
from tests.web import SECRET, SignIn
from workflow import create_app, migrating
from workflow.access import public
from workflow.config import Settings
from workflow.db import writing
from workflow.headers import ON_EVERYTHING
from workflow.links import invitation_link
from workflow.models import Account
from workflow.services.documents import DocumentKind, Form

pytestmark = [
    pytest.mark.browser,
    pytest.mark.own_screen("what becomes of a word hangs neither on the width nor on the language"),
]

#: Of one sort of page, so many.
ROWS: Final = 3
#: What a script of ours never makes: each could only come out of a text.
_BROKEN_OUT: Final = """
() => [
  [...document.querySelectorAll(
    "script:not([src]), img[src='x'], [onerror], [onload], [style], a[href^='javascript:' i], " +
    "main b:not([class]), main i:not([class])"
  )].map((one) => one.outerHTML.slice(0, 120)),
  "ran" in window,
  document.documentElement.textContent,
]
"""
#: Fills a form and sends it by a button of its own, or by the first; what the browser itself would refuse is sent too.
_SENDS: Final = """
([form, text, stale]) => {
  for (const field of form.elements) {
    if (field.name === "version" && stale) field.value = "1";
    if (field.type === "radio") field.checked ||= !form.querySelector(`[name="${field.name}"]:checked`);
    if (!["text", "textarea", "email", "password"].includes(field.type) || field.readOnly) continue;
    field.value = text;
  }
  form.noValidate = true;
  const buttons = [...form.elements].filter((one) => one.type === "submit");
  form.requestSubmit(buttons.find((one) => one.value === "preview") ?? buttons.find((one) => one.name !== "rows"));
}
"""
#: Whose answer to what can be sent is a page of its own, rather than the way to one.
ANSWERS: Final = {"beginnings.create", "comments.share_anew", "documents.create", "drafts.save"}

#: What no link leads to, and where it is looked at; but for what says no word of anybody's.
NOT_LINKED: Final = {
    "health.is_ready": "no page",
    "health.lives": "no page",
    "static": "no page",
    "style.show": "says no word of anybody's",
    "trial.fails": "with what failed",
    "invitations.made": "with what is shown before anything is done",
    "invitations.show": "with what failed",
    "security.login": "with what failed",
    "news.index": "with what a page puts in by itself",
    "news.of_agreement": "with what a page puts in by itself",
}

TEXT: Final = {None, "text", "email", "password"}
KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Sends a form that no page has: names of its fields are scripts as well.
_POSTS: Final = """
([action, text]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action });
  for (const name of ["en", "zh", "comment", text]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value: text });
    form.append(field);
  }
  form.append(document.querySelector("[name=csrf_token]").cloneNode());
  document.body.append(form);
  form.submit();
}
"""

bp = Blueprint("trial", __name__, url_prefix="/trial")


@bp.route("/<int:code>", methods=["GET", "POST"])
@public
def fails(code: int) -> ResponseReturnValue:
    """Fail as a page can, whatever was sent."""
    abort(code)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, _catalogues: None) -> Iterator[Flask]:
    """The application, and a route that fails."""
    folder = tmp_path_factory.mktemp("canaries")
    url = f"sqlite:///{folder / 'canaries.sqlite'}"
    migrating.upgrade(url)
    made = create_app(Settings(secret_key=SECRET, database_url=url, var=folder))
    made.register_blueprint(bp)
    yield made
    made.extensions["database"].dispose()


@pytest.fixture(scope="module")
def inscribed(app: Flask) -> Inscribed:
    """Who is there."""
    with writing(app.extensions["database"]) as session:
        return inscribe(session)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where it is served."""
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


class Reader(Visitor):
    """Somebody who looks at every page for what should not be there."""

    def __init__(self, browser: Browser, address: str, app: Flask, account: Account | None) -> None:
        super().__init__(browser, address)
        self.client = SignIn(app)(account).client
        cookie = self.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        if cookie is not None:
            self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        self.page.on("response", self._is_guarded)
        self.saw = 0

    def looks(self) -> None:
        """Hold the page at hand to showing words, and to nothing having come of them."""
        found, ran, said = self.page.evaluate(_BROKEN_OUT)
        self.complaints += [f"broken out at {self.path}: {one}" for one in found]
        self.complaints += [f"ran at {self.path}"] if ran else []
        self.complaints += [f"worked out at {self.path}"] if str(7 * 191) in said else []
        self.saw += SCRIPT in said

    def leaves(self) -> None:
        """Close the window; that a page says it failed is what it was asked for."""
        self.complaints = [one for one in self.complaints if not re.search(r"^\d{3} for|Failed to load resource", one)]
        super().leaves()

    def sends(self, nth: int, text: str, *, stale: bool = False) -> None:
        """Send the form that is `nth` on the page with `text` in its fields, and look at the answer."""
        form = self.page.locator("form").nth(nth).element_handle()
        with self.page.expect_navigation():
            self.page.evaluate(_SENDS, [form, text, stale])
        self.looks()

    def _is_guarded(self, response: Response) -> None:
        policy = ON_EVERYTHING["Content-Security-Policy"]
        if response.headers.get("content-security-policy") != policy:
            self.complaints.append(f"no policy on {response.url}")


def test_on_no_page_does_a_word_become_a_script(
    chromium: Browser, app: Flask, inscribed: Inscribed, address: str
) -> None:
    saw, endpoints, adapter = 0, set(), app.url_map.bind("localhost")
    looked: set[tuple[str, ...]] = set()
    sent: set[tuple[str, ...]] = set()
    for who in PEOPLE:
        reader = Reader(chromium, address, app, inscribed.people[who])
        for path, page in crawl(reader.client, queries=1, rows=ROWS).items():
            fresh = [(nth, sort) for nth, sort in _forms(app, page) if sort not in sent]
            if (_sort(path) in looked and not fresh) or "text/html" not in dict(page.headers).get("Content-Type", ""):
                continue
            looked.add(_sort(path))
            endpoints.add(adapter.match(urlsplit(path).path)[0])
            reader.opens(path).looks()
            for nth, sort in fresh:
                sent.add(sort)
                reader.sends(nth, SCRIPT * 260)
                reader.opens(path)
                if sort[0] in ANSWERS:
                    reader.sends(nth, SCRIPT, stale=True)
                    reader.opens(path)
        saw += reader.saw
        reader.leaves()
    assert saw > len(looked)
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert sorted(every - endpoints) == sorted(NOT_LINKED), "a page of a new sort has to be looked at"
    assert len(sent) > 20


@pytest.mark.parametrize("who", ["us_drafter", None])
def test_no_page_that_says_what_failed_makes_one_of_what_was_sent(
    chromium: Browser, app: Flask, inscribed: Inscribed, address: str, who: str | None
) -> None:
    reader = Reader(chromium, address, app, inscribed.people[who] if who else None)
    for code in (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503):
        reader.opens(f"/trial/{code}?{SCRIPT}").looks()
        with reader.page.expect_navigation():
            reader.page.evaluate(_POSTS, [f"/trial/{code}", SCRIPT])
        reader.looks()
    with app.test_request_context():
        link = urlsplit(invitation_link(inscribed.invitations[None]))
    for path in (f"{link.path}?{link.query}", f"/invitation?token={SCRIPT}", f"/{SCRIPT}", f"/sign-in?next=/{SCRIPT}"):
        reader.opens(path).looks()
    assert reader.saw > 3
    reader.leaves()


def test_what_is_shown_before_anything_is_done_is_words(
    chromium: Browser, app: Flask, inscribed: Inscribed, address: str
) -> None:
    """A text merged with a colleague's, what would change of a dialogue, the link of an invitation."""
    reader = Reader(chromium, address, app, inscribed.people["us_drafter"]).opens(f"/drafts/{inscribed.draft}")
    saves = f"form[action$='/drafts/{inscribed.draft}']"
    nth = reader.page.evaluate("(one) => [...document.forms].indexOf(document.querySelector(one))", saves)
    reader.sends(nth, f"{SCRIPT} {CUT}", stale=True)
    reader.presses("Mine everywhere").looks()
    expect(reader.page.locator("textarea[name=en]")).to_have_value(f"{SCRIPT} {CUT}")
    assert reader.saw > 1
    reader.leaves()

    reader = Reader(chromium, address, app, inscribed.people["secretariat"])
    reader.opens(f"/dialogues/{inscribed.dialogue}/edit")
    reader.writes(name_en=SCRIPT, cover_en="", cover_zh="").presses("See what changes").looks()
    expect(reader.button("Change it")).to_be_visible()
    assert reader.saw > 0
    reader.opens(f"/dialogues/{inscribed.dialogue}/invitations/new")
    reader.writes(email="somebody@example.org").chooses(seat="observer:").presses("Invite").looks()
    expect(reader.page.locator("h1")).to_have_text("Hand on this link")
    reader.leaves()


def test_what_a_page_puts_in_by_itself_is_words(
    chromium: Browser, app: Flask, inscribed: Inscribed, address: str
) -> None:
    """What the server answers to what is typed, looked up and waited for, while the page stays open."""
    paragraph = f"/paragraphs/{inscribed.paragraph}"
    reader = Reader(chromium, address, app, inscribed.people["us_drafter"])
    reader.opens(f"{paragraph}/drafts/new")
    text = reader.page.locator("textarea[name=en]")
    with reader.page.expect_response("**/preview"):
        text.fill(f"{CUT} {SCRIPT}")
    expect(reader.page.locator("[data-preview-text]")).to_contain_text("<script>")
    reader.looks()
    text.select_text()
    with reader.page.expect_response("**/phrases?*"):
        reader.page.locator("[data-phrases-way]").click()
    expect(reader.page.locator("[data-phrases-asked]")).to_contain_text("<script>")
    expect(reader.page.locator("[data-phrases]")).not_to_have_attribute("aria-busy", "true")
    reader.looks()
    assert reader.saw > 1
    reader.leaves()

    reader = Reader(chromium, address, app, inscribed.people["us_head"]).opens(paragraph)
    other = SignIn(app)(inscribed.people["cn_drafter"]).opens(paragraph)
    other.presses("Comment to both sides", comment=SCRIPT)
    expect(reader.page.locator("[data-news] .news__items")).to_contain_text("<script>")
    reader.looks()
    reader.leaves()


def test_no_reading_copy_runs_what_it_says_wherever_it_is_opened(
    chromium: Browser, app: Flask, inscribed: Inscribed, address: str
) -> None:
    """A file that was taken home has no policy over it."""
    reader = Reader(chromium, address, app, inscribed.people["us_head"])
    agreements = [path for path in crawl(reader.client, queries=0, rows=5) if path.endswith("/documents")]
    copies = 0
    for path in agreements:
        asked = [fields for _action, fields in posts(seen(reader.client.get(path))) if ("act", "make") in fields]
        for kind in DocumentKind if asked else ():
            sent = dict(asked[0]) | {"kind": kind.value, "form": Form.HTML.value}
            answer = seen(reader.client.post(path, data=sent, headers={"Origin": "http://localhost"}))
            if answer.status == HTTPStatus.OK and dict(answer.headers).get("Content-Disposition"):
                reader.page.set_content(answer.text)
                assert reader.page.evaluate("() => 'ran' in window") is False, kind
                assert reader.page.locator("[onerror], script").count() == 0, kind
                copies += 1
    assert copies > 3
    reader.leaves()


def _forms(app: Flask, page: Seen) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the place of each form of `page` that takes text, among all its forms, and its sort."""
    if "text/html" not in dict(page.headers).get("Content-Type", ""):
        return
    for nth, form in enumerate(html.fromstring(page.text).iter("form")):
        texts = {str(one.get("name")) for one in form.iter("textarea", "input") if one.get("type") in TEXT}
        if form.get("method", "get").lower() == "post":
            action = urlsplit(str(form.get("action"))).path
            endpoint = app.url_map.bind("localhost").match(action, method="POST")[0]
            if texts or endpoint in ANSWERS:
                yield nth, (endpoint, *sorted(texts))


def _sort(path: str) -> tuple[str, ...]:
    parts = urlsplit(path)
    return (KEY.sub("", parts.path), *sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
