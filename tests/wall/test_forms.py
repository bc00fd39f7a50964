"""Every field of every form is sent, from the page that has it: none is without bounds, none loses what was typed."""

import json
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask, has_request_context, request
from flask.testing import FlaskClient
from lxml import html
from wtforms import FieldList, Form, HiddenField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from tests.databases import Server
from tests.wall.columns import NO_WORDS
from tests.wall.crawler import Seen, actions, crawl, forms, seen
from tests.wall.inscribed import BOTH, PEOPLE, SCRIPT, Inscribed, inscribe
from tests.web import SECRET, SignIn
from workflow import accounts, create_app
from workflow import forms as modules
from workflow.config import Settings
from workflow.db import Base, reading, writing
from workflow.forms.fields import AtMost, Matching
from workflow.links import invitation_link

Declared = tuple[str, str]

#: Of one sort of page, so many.
ROWS: Final = 6
#: More than any bound of a field has; a whole text has another. All of a form together must still be one request.
TOO_LONG: Final = SCRIPT * 260
LONGER: Final = SCRIPT * 780
#: Forms that no page sends, and why.
NOT_SENT: Final = {"style.ShowForm": "the style page shows how fields look; it sends nothing"}
#: Fields of text without a bound of their own: what they say is looked up among a few words, and else is nothing.
LOOKED_UP: Final = {
    ("MergeForm", "how"),
    ("PointsForm", "how"),
    ("PlaceForm", "place"),
    ("PlaceForm", "step"),
    ("ShareForm", "how"),
    ("PasswordForm", "new_password"),  # bounded by the library, together with the shortest it takes
    ("PasswordForm", "new_password_confirm"),  # the same as the one above it, or refused
    ("JoinForm", "new_password_confirm"),
}
#: Answers that are no page with the form again, although what was typed is too long, and why.
ANSWERED_OTHERWISE: Final = {
    "security.change_password": "a password is never shown again",
    "security.login": "a password is never shown again",
}
#: A file that is called by the script; a quotation mark is sent as browsers send it.
_CALLED: Final = SCRIPT.replace('"', "%22")
#: What is brought where a form takes a file: a text, and an agreement as the file of a dialogue says it.
FILES: Final = {
    f"{_CALLED}.txt": SCRIPT,
    f"{_CALLED}.yaml": json.dumps(
        {
            "short_name": "brought",
            "kind": "negotiated",
            "authentic": ["en", "zh"],
            "name": {"en": SCRIPT, "zh": SCRIPT},
            "text": [{"kind": "heading", "en": BOTH.en, "zh": BOTH.zh}],
        }
    ),
}
#: What no form of a page sends, but a script of it.
BY_SCRIPT: Final = ("draft_presences.renew", "drafts.autosave")
TEXT: Final = {"text", "email", "password", "search"}
FILLED: Final = {"datetime-local": "2126-01-01T10:00", "date": "2126-01-01", "number": "1"}


@pytest.fixture(scope="module")
def app(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, on a database of its own in which every word is a script."""
    settings = Settings(secret_key=SECRET, database_url=server.kept(), var=tmp_path_factory.mktemp("forms"))
    made = create_app(settings)
    yield made
    made.extensions["database"].dispose()


@pytest.fixture(scope="module")
def inscribed(app: Flask) -> Inscribed:
    """Who is there."""
    with writing(app.extensions["database"]) as session:
        return inscribe(session)


def form_classes() -> dict[str, type[Form]]:
    """Return every form there is, by its name."""
    found: dict[str, type[Form]] = {"SignInForm": accounts.SignInForm, "PasswordForm": accounts.PasswordForm}
    for module in pkgutil.iter_modules(modules.__path__, f"{modules.__name__}."):
        for name, one in vars(import_module(module.name)).items():
            if isinstance(one, type) and issubclass(one, Form) and one.__module__ == module.name:
                found[f"{module.name.rpartition('.')[2]}.{name}"] = one
    return found


def declared(form: type[Form], name: str) -> Declared:
    """Return the class in which `form` gets its field `name`, and that name: forms inherit fields from each other."""
    return next((one.__qualname__, name) for one in form.__mro__ if isinstance(vars(one).get(name), UnboundField))


def fields_of(form: type[Form]) -> set[Declared]:
    """Return the fields of `form` as they are declared; but for those that the library has and we leave out."""
    every = {name for one in form.__mro__ for name, field in vars(one).items() if isinstance(field, UnboundField)}
    return {
        declared(form, name)
        for name in every
        if next(vars(one)[name] for one in form.__mro__ if name in vars(one)) is not None
    }


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> set[Declared]:
    """The fields of which a form of the program has read something that was sent."""
    found: set[Declared] = set()
    really = BaseForm.process

    def process(form: Form, *given: Any, **more: Any) -> None:
        really(form, *given, **more)
        names = set(request.form) if has_request_context() else set()
        for field in form:
            rows = isinstance(field, FieldList) and any(name.startswith(f"{field.name}-") for name in names)
            if (rows or field.raw_data) and field.short_name != "csrf_token":
                found.add(declared(type(form), field.short_name))

    monkeypatch.setattr(BaseForm, "process", process)
    return found


def test_every_column_of_words_holds_a_script(app: Flask, inscribed: Inscribed) -> None:
    """So that a page that shows a new one shows a script."""
    without: dict[str, tuple[str, ...]] = {}
    with reading(app.extensions["database"]) as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, sa.Text | sa.JSON | sa.String) and not isinstance(column.type, sa.Enum):
                    held = session.scalars(sa.select(sa.cast(column, sa.Text))).all()
                    if not any("<script>" in (text or "") for text in held):
                        without[table.name] = (*without.get(table.name, ()), column.name)

    assert without == NO_WORDS


def test_every_field_of_text_has_a_bound(app: Flask) -> None:
    unbounded = set()
    with app.test_request_context("/"):
        for form in (one for name, one in form_classes().items() if name not in NOT_SENT):
            for field in form():
                bounds = [one for one in getattr(field, "validators", ()) if isinstance(one, AtMost | Matching)]
                if isinstance(field, StringField) and not isinstance(field, HiddenField) and not bounds:
                    unbounded.add(declared(form, field.short_name))

    assert unbounded == LOOKED_UP


def test_every_field_of_every_form_is_sent_and_what_is_too_long_comes_back(
    app: Flask, inscribed: Inscribed, sent: set[Declared]
) -> None:
    tried: set[tuple[str, ...]] = set()
    found: list[Asked] = []
    for who in PEOPLE:
        client = SignIn(app)(inscribed.people[who]).client
        for page in crawl(client, queries=1, rows=ROWS).values():
            found += _asked(app, client, page, tried)
    for invited, key in ((None, None), *inscribed.invitations.items()):
        client = SignIn(app)(inscribed.people[invited] if invited else None).client
        with app.test_request_context():
            link = urlsplit(invitation_link(key) if key else "/sign-in")
        found += _asked(app, client, seen(client.get(f"{link.path}?{link.query}", follow_redirects=True)), tried)

    # None of what is too long does anything, so that every form is still what it was.
    assert [fault for one in found for fault in one.lost_of_too_much()] == []
    broken = []
    while found:
        one = found.pop(0)
        answers = [one.sends(SCRIPT, file, goes_on=True) for file in one.files]
        broken += [one.endpoint for answer in answers if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR]
        # What they ask in turn is sent at once, before anything else ends what it is about.
        found[:0] = [again for answer in answers for again in _asked(app, one.client, answer, tried)]

    asked_by_pages = {sort[0] for sort in tried}
    takes_forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert " ".join(sorted(takes_forms - asked_by_pages)) == " ".join(BY_SCRIPT)
    every = {one for name, form in form_classes().items() for one in fields_of(form) if name not in NOT_SENT}
    assert " ".join(sorted(map(".".join, every - sent))) == ""
    assert broken == []


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A form on a page in front of somebody."""

    client: FlaskClient
    endpoint: str
    action: str
    form: html.HtmlElement

    @property
    def files(self) -> Sequence[str]:
        """What can be brought, by its name in `FILES`; an empty name where the form takes no file."""
        return tuple(FILES) if any(one.get("type") == "file" for one in self.form.iter("input")) else ("",)

    def sends(self, text: str | None, file: str = "", *, goes_on: bool = False) -> Seen:
        """Send the form with `text` in every field, and that `file`; with too much in each if `text` is ``None``."""
        headers = {"Origin": "http://localhost", "Referer": "http://localhost/"}
        data = _filled(self.form, text, file)
        return seen(self.client.post(self.action, data=data, headers=headers, follow_redirects=goes_on))

    def lost_of_too_much(self) -> Iterator[str]:
        """Send the form with texts that are too long, if it takes any; yield each that does not come back with it."""
        typed = [one for one in self.form.iter("input", "textarea") if _is_text(one)]
        answer = self.sends(None) if typed else None
        if answer is None:
            return
        if answer.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            yield f"{self.endpoint}: {answer.status}"
        elif self.endpoint not in ANSWERED_OTHERWISE:
            again = html.fromstring(answer.text).iter("input", "textarea")
            kept = {str(one.get("name")): one.get("value") or one.text or "" for one in again}
            for one in typed:
                if one.get("type") != "password" and kept.get(str(one.get("name")), "").strip() != _too_long(one):
                    yield f"{self.endpoint}: {one.get('name')}"


def _asked(app: Flask, client: FlaskClient, page: Seen, tried: set[tuple[str, ...]]) -> Iterator[Asked]:
    """Yield each form of `page` of a sort that nobody had in front of them yet, by each way it can be sent."""
    for form, action in ((one, action) for one in forms(page) for action in actions(one)):
        endpoint = app.url_map.bind("localhost").match(urlsplit(action).path, method="POST")[0]
        fields = form.iter("input", "textarea", "select", "button")
        sort = (endpoint, *sorted({str(one.get("name")) for one in fields}))
        if sort not in tried:
            tried.add(sort)
            if endpoint != "security.logout":  # it would end the crawl
                yield Asked(client=client, endpoint=endpoint, action=action, form=form)


def _is_text(field: html.HtmlElement) -> bool:
    return bool(field.tag == "textarea" or field.get("type", "text") in TEXT) and "readonly" not in field.attrib


def _too_long(field: html.HtmlElement) -> str:
    return LONGER if field.get("name") in {"en", "zh"} else TOO_LONG


def _filled(form: html.HtmlElement, text: str | None, file: str) -> dict[str, list[Any]]:
    """Return what a browser would send of `form` with `text` in every field, every box ticked, one of each choice."""
    found: dict[str, list[Any]] = {}
    for name, value in form.form_values():
        found.setdefault(str(name), []).append(value)
    for one in form.iter("input", "textarea"):
        name, kind = str(one.get("name")), one.get("type", "text")
        if _is_text(one):
            found[name] = [_too_long(one) if text is None else text]
        elif kind in FILLED:
            found[name] = [one.get("value") or FILLED[kind]]
        elif kind == "checkbox" and one.get("value", "on") not in found.get(name, []):
            found.setdefault(name, []).append(one.get("value", "on"))
        elif kind == "radio":
            found.setdefault(name, [one.get("value")])
        elif kind == "file" and file:  # it stands in place of what was typed
            found[name] = [(BytesIO(FILES[file].encode()), file)]
    button = next((one for one in form.iter("button") if one.get("name") and one.get("name") != "rows"), None)
    if button is not None:
        found[str(button.get("name"))] = [button.get("value", "")]
    return found
