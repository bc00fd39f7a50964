"""What goes wrong is said in the reader's language, changes nothing, and loses nothing that was typed."""

import time
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from flask_security import LoginForm
from werkzeug.datastructures import MultiDict

from tests import factories
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SECRET, SignIn
from workflow import create_app
from workflow.access import public, requires
from workflow.blueprints import errors
from workflow.blueprints.errors import typed
from workflow.config import Settings
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.headers import MOST_IN_A_REQUEST
from workflow.models import Account, Draft, Paragraph
from workflow.permissions import Permission

bp = Blueprint("trial", __name__, url_prefix="/trial")

FORM = """
<!doctype html><html lang="en"><title>Trial</title><h1>Trial</h1><form method="post">
<input type="hidden" name="csrf_token" value="{token}"><input type="hidden" name="base" value="11-22">
<label>English<textarea name="en">\r\n</textarea></label><label>Other<input name="aside"></label><button>Send</button>
"""


@bp.get("/fails/<what>")
@public
def fails(what: str) -> ResponseReturnValue:
    if what == "fault":
        raise RuntimeError("the text of a draft")
    if what == "database":
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))
    abort(int(what))


@bp.get("/paragraphs/<uuid:paragraph_id>")
@requires(Permission.READ, on=Paragraph)
def show(paragraph: Paragraph) -> ResponseReturnValue:
    from flask_wtf.csrf import generate_csrf  # noqa: PLC0415 -- as a template does

    return FORM.format(token=generate_csrf())


@bp.post("/paragraphs/<uuid:paragraph_id>")
@requires(Permission.DRAFT, on=Paragraph)
def send(paragraph: Paragraph) -> ResponseReturnValue:
    raise OutOfOrder((Refusal.TEXT_HAS_CHANGED, Refusal.COUNTERPART_PENDING))


@bp.post("/drafts/<uuid:draft_id>")
@requires(Permission.TABLE, on=Draft)
def table(draft: Draft) -> ResponseReturnValue:
    raise OutOfOrder((Refusal.NOTHING_CHANGES,))


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.fixture(autouse=True)
def _trial(app: Flask) -> None:
    app.register_blueprint(bp)


@pytest.fixture
def cast(writing: Begin) -> factories.Cast:
    with writing() as session:
        return factories.a_cast(session)


@pytest.fixture
def paragraph(writing: Begin, cast: factories.Cast) -> UUID:
    with writing() as session:
        meeting = factories.a_session(session, session.merge(cast.dialogue))
        return factories.a_paragraph(session, factories.an_agreement(session, meeting)).id


TYPED = "  First line\n\n\tsecond “line”, 案文\n"


@pytest.fixture
def writer(sign_in: SignIn, cast: factories.Cast, paragraph: UUID) -> Participant:
    """Somebody in front of the trial's form."""
    somebody = sign_in(cast.us_drafter)
    return somebody.opens(f"/trial/paragraphs/{paragraph}?show=zh")


@pytest.mark.parametrize(
    ("what", "status", "english", "chinese"),
    [
        ("400", 400, "This request could not be understood", "无法识别该请求"),
        ("403", 403, "This is not yours to do", "您无权进行此项操作"),
        ("404", 404, "There is no such page", "没有此页面"),
        ("405", 405, "This address cannot be visited", "该地址不可访问"),
        ("413", 413, "This is too much at once", "提交内容过多"),
        ("418", 418, "This request could not be understood", "无法识别该请求"),
        ("429", 429, "Too many attempts", "尝试次数过多"),
        ("500", 500, "Something went wrong on our side", "系统发生错误"),
        ("fault", 500, "Something went wrong on our side", "系统发生错误"),
        ("database", 503, "The record cannot be reached just now", "暂时无法读取记录"),
    ],
)
def test_every_fault_has_its_page_in_both_languages(
    sign_in: SignIn, what: str, status: int, english: str, chinese: str
) -> None:
    for locale, title in (("en", english), ("zh_Hans", chinese)):
        somebody = sign_in(None, locale=locale).opens(f"/trial/fails/{what}")

        assert (somebody.status, somebody.title) == (status, title)


def test_an_address_that_is_none_has_the_same_page(sign_in: SignIn, cast: factories.Cast) -> None:
    assert sign_in(cast.us_head).opens("/no/such/page").title == "There is no such page"


def test_a_fault_shows_the_number_under_which_it_is_logged_and_nothing_of_its_cause(
    sign_in: SignIn, cast: factories.Cast
) -> None:
    somebody = sign_in(cast.us_drafter).opens("/trial/fails/fault")

    assert somebody.headers["X-Request-ID"] in somebody.text
    assert "the text of a draft" not in somebody.text
    assert "RuntimeError" not in somebody.text


def test_when_the_database_is_gone_its_page_asks_it_nothing(
    app: Flask, sign_in: SignIn, cast: factories.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    somebody = sign_in(cast.us_drafter)
    monkeypatch.setattr("sqlalchemy.orm.Session.execute", gone)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalar", gone)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalars", gone)

    somebody.opens("/password")

    assert (somebody.status, somebody.headers["Retry-After"]) == (503, "10")
    assert "Sign out" not in somebody.text


@pytest.mark.parametrize(
    ("locale", "title", "button"),
    [
        ("en", "The record cannot be reached just now", "Try again"),
        ("zh_Hans", "暂时无法读取记录", "重试"),
    ],
)
def test_every_page_of_a_site_whose_database_is_gone_says_so_and_offers_itself_again(
    tmp_path: Path, cast: factories.Cast, locale: str, title: str, button: str
) -> None:
    url = f"sqlite:///{tmp_path / 'no' / 'where.sqlite'}"
    app = create_app(Settings(secret_key=SECRET, database_url=url, var=tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    somebody = SignIn(app)(cast.us_drafter, locale=locale)

    for path in ("/", "/agreements?show=zh", f"/paragraphs/{cast.us.id}"):
        somebody.opens(path)

        assert (somebody.status, somebody.title, somebody.headers["Retry-After"]) == (503, title, "10")
        assert [a.get("href") for a in somebody.page.iter("a") if a.text == button] == [path]
    somebody.sends(f"/paragraphs/{cast.us.id}/drafts/new", [("en", TYPED), ("zh", "案文")])
    assert (somebody.status, somebody.typed("en"), somebody.typed("zh")) == (503, TYPED, "案文")


def test_whoever_waits_too_long_for_somebody_elses_lock_is_told_to_try_again(
    sign_in: SignIn, cast: factories.Cast, writing: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.db.PATIENCE", 0.1)
    somebody = sign_in(cast.us_drafter).opens("/password")

    with writing() as session:
        session.get_one(Account, cast.us_drafter.account_id).locale = "en"
        session.flush()
        somebody.presses("中文")

    assert (somebody.status, somebody.title) == (503, "The record cannot be reached just now")
    assert somebody.headers["Retry-After"] == "10"
    assert somebody.opens("/password").presses("中文").title == "修改密码"


def test_a_refused_act_tells_every_reason(writer: Participant) -> None:
    writer.presses("Send", en=TYPED)

    assert (writer.status, writer.title) == (409, "This is out of order")
    assert "The text has changed since you opened the page." in writer.text
    assert "One of the two languages is still missing." in writer.text


def test_a_refused_act_shows_the_text_as_it_stands_now(writer: Participant) -> None:
    writer.presses("Send", en=TYPED)

    assert factories.PROSE.en in writer.text
    assert factories.PROSE.zh in writer.text


def test_a_refused_act_keeps_what_was_typed_to_the_character(writer: Participant) -> None:
    writer.presses("Send", en=TYPED, aside="also this")

    assert writer.typed("en") == TYPED
    assert writer.typed("aside") == "also this"


def test_a_refused_act_leads_back_to_the_page_it_came_from(writer: Participant) -> None:
    before = writer.path

    writer.presses("Send", en=TYPED)

    assert [a.get("href") for a in writer.page.iter("a") if "Back to the page" in str(a.text)] == [before]


def test_reasons_are_told_in_chinese_too(sign_in: SignIn, cast: factories.Cast, paragraph: UUID) -> None:
    somebody = sign_in(cast.cn_drafter, locale="zh_Hans")
    somebody._sees(somebody.client.get(f"/trial/paragraphs/{paragraph}")).presses("Send", en=TYPED)

    assert somebody.title == "此项操作不合程序"
    assert "案文已有变动" in somebody.text


def test_a_refusal_about_a_draft_shows_the_paragraph_it_would_change(
    app: Flask, sign_in: SignIn, cast: factories.Cast, paragraph: UUID, writing: Begin
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with writing() as session:
        found = session.get_one(Paragraph, paragraph)
        draft = factories.a_draft(session, found.agreement, session.merge(cast.us_drafter), paragraph=found)

    answer = sign_in(cast.us_drafter).client.post(f"/trial/drafts/{draft.id}")

    assert answer.status_code == 409
    assert factories.PROSE.zh in answer.text


def test_when_the_session_has_ended_what_was_typed_survives_signing_in(
    sign_in: SignIn, writer: Participant, cast: factories.Cast
) -> None:
    with writer.client.session_transaction() as cookie:
        cookie.clear()

    writer.presses("Send", en=TYPED, aside="also this")

    assert (writer.status, writer.title) == (400, "The page had been open too long")
    assert writer.typed("en") == TYPED
    # Signing in happens in another tab of the same browser.
    with writer.client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = cast.us_drafter.account.fs_uniquifier, True
    writer.presses("Send it again")
    assert writer.title == "This is out of order", "it arrived"
    assert writer.typed("en") == TYPED
    assert writer.typed("aside") == "also this"


def test_when_one_was_signed_out_meanwhile_what_was_typed_survives(writer: Participant) -> None:
    with writer.client.session_transaction() as cookie:
        cookie.pop("_user_id")

    writer.presses("Send", en=TYPED)

    assert (writer.status, writer.title) == (401, "The page had been open too long")
    assert writer.typed("en") == TYPED
    assert writer.can_press("Send it again")
    assert "Sign in (in a new tab), then come back to this one and send it again." in writer.text


def test_a_form_on_another_site_does_not_become_one_of_ours(
    sign_in: SignIn, cast: factories.Cast, paragraph: UUID
) -> None:
    somebody = sign_in(cast.us_drafter)

    for headers in ({"Referer": "https://example.org/"}, {}):
        answer = somebody.client.post(f"/trial/paragraphs/{paragraph}", data={"en": "forged here"}, headers=headers)
        somebody._sees(answer)

        assert somebody.status == 400
        assert not somebody.sees_button("Send it again")


def test_what_is_shown_of_a_form_is_text_and_never_a_password(app: Flask) -> None:
    form = MultiDict(
        [
            ("csrf_token", "token"),
            ("password", "secret word"),
            ("new_password", "secret word"),
            ("base", "0b5e"),
            ("en", "<script>"),
            ("zh", ""),
            ("reason", "because\r\nso"),
            ("choice", "one"),
            ("choice", "two"),
            ("unheard_of", "some words"),
        ]
    )
    with app.test_request_context("/", method="POST", data=form):
        kept = [(one.name, one.text, one.is_shown) for one in typed()]

    assert kept == [
        ("base", "0b5e", False),
        ("en", "<script>", True),
        ("zh", "", False),
        ("reason", "because\nso", True),
        ("choice", "one", False),
        ("choice", "two", False),
        ("unheard_of", "some words", True),
    ]


def test_script_that_was_typed_stays_text(writer: Participant) -> None:
    writer.presses("Send", en="</textarea><script>alert(1)</script>")

    assert writer.typed("en") == "</textarea><script>alert(1)</script>"


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded"])
def test_too_large_a_request_is_refused_unread(sign_in: SignIn, kind: str) -> None:
    body = b"en=" + b"x" * MOST_IN_A_REQUEST
    somebody = sign_in(None)

    answer = somebody.client.post("/language", data=body, content_type=kind)

    somebody._sees(answer)
    assert (somebody.status, somebody.title) == (413, "This is too much at once")


@pytest.mark.parametrize("field", [b"a&", b"a=b&"])
def test_a_form_of_countless_fields_is_refused_before_it_is_taken_apart(sign_in: SignIn, field: bytes) -> None:
    body = field * (MOST_IN_A_REQUEST // len(field) - 1)
    began = time.perf_counter()

    answer = sign_in(None).client.post(
        "/language",
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Referer": "http://localhost/"},
    )

    assert answer.status_code == 413
    assert time.perf_counter() - began < 0.5
    assert len(answer.data) < 10_000


def test_the_longest_texts_fit_into_a_request(sign_in: SignIn) -> None:
    somebody = sign_in(None).opens("/sign-in")
    texts = {"locale": "zh_Hans", "en": "字" * 20_000, "zh": "字" * 20_000, "rationale": "字" * 20_000}

    somebody.sends("/language", [("csrf_token", somebody.typed("csrf_token")), *texts.items()])

    assert somebody.status != 413


def test_when_not_even_the_form_can_be_read_the_page_of_the_fault_still_comes(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = sign_in(None).opens("/sign-in")
    monkeypatch.setattr(errors, "typed", lambda: abort(413))
    monkeypatch.setattr(LoginForm, "validate", lambda *_, **__: 1 / 0)

    somebody.presses("Sign in", email="a@example.org", password="correct horse battery")

    assert (somebody.status, somebody.title) == (500, "Something went wrong on our side")


def test_an_address_without_its_last_slash_is_led_on(app: Flask) -> None:
    app.add_url_rule("/trial/folder/", view_func=public(lambda: "here"))

    assert app.test_client().get("/trial/folder").status_code == 308


def test_a_host_name_that_is_not_ours_gets_no_page(app: Flask) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": "example.org"})

    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "example.org" not in answer.text


def test_an_address_for_forms_says_which_way_it_is_used(sign_in: SignIn) -> None:
    assert "POST" in sign_in(None).opens("/language").headers["Allow"]


def test_every_refusal_has_a_sentence(app: Flask) -> None:
    from flask import get_template_attribute  # noqa: PLC0415 -- needs the app

    for locale in ("en", "zh_Hans"):
        with app.test_request_context("/", headers={"Accept-Language": locale.replace("_", "-")}):
            sentence = get_template_attribute("components/refusal.html", "refusal_text")
            told = {refusal: str(sentence(refusal)).strip() for refusal in Refusal}
        assert all(text and text != refusal for refusal, text in told.items())
        assert len(set(told.values())) == len(Refusal)
        assert all(text.endswith("。" if locale == "zh_Hans" else ".") for text in told.values())


def test_a_page_of_an_answered_form_switches_language_where_it_came_from(writer: Participant) -> None:
    before = writer.path
    writer.presses("Send", en=TYPED)

    assert writer.typed("next") == before
