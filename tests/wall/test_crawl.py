"""Nothing that one delegation keeps to itself comes back to anybody else, whatever they open, send or download."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.wall.columns import OPEN, OWN
from tests.wall.crawler import Seen, alike, crawl, posts, seen
from tests.wall.world import CANARY, OTHERS, PERSON, World, made, play
from workflow.access import READING
from workflow.db import Base
from workflow.models import Membership
from workflow.permissions import Subject, permits
from workflow.services.documents import DocumentKind, Form, forms_of

TOLD = (CANARY, PERSON, CANARY.lower(), PERSON.lower())
ANSWERS = {200, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429}


@pytest.fixture
def world(app: Flask, engine: sa.Engine) -> World:
    """A dialogue in which the United States has done everything by itself that it can."""
    found = made(app, engine)
    play(found, internally=True)
    return found


def told(page: Seen) -> list[str]:
    """Return what of the other side `page` gives away, in the files within it too."""
    parts = [page.whole]
    if page.body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(page.body)) as package:
            parts += [package.read(name) for name in package.namelist()] + [n.encode() for n in package.namelist()]
    return [secret for secret in TOLD if any(secret.encode() in part for part in parts)]


def every_request(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield method, address and table for every route and every row there is, and one that there is not."""
    keys: dict[str, list[str]] = {}
    with world.transactions.reading() as session:
        for table in Base.metadata.sorted_tables:
            keys[table.name] = [str(key) for key in session.scalars(sa.select(table.c.id))] + [str(uuid4())]
    keys["version"] = ["1"] * max(map(len, keys.values()))  # of a draft: the first, of each
    adapter = world.app.url_map.bind("localhost")
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        tables = [name.removesuffix("_id") for name in names]
        assert all(table in keys for table in tables), f"{rule}: no table {tables} to take keys from"
        for values in zip(*(keys[table] for table in tables), strict=False) if tables else [()]:
            path = adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, path, tables[0] if tables else ""


def test_every_text_column_is_one_sides_own_or_open() -> None:
    worded = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Text | sa.JSON | sa.String) and not isinstance(column.type, sa.Enum)
    }
    own = {(table, column) for table, columns in OWN.items() for column in columns}

    assert own <= worded, "named here, and no longer there"
    assert {table for table, _ in worded} <= OWN.keys() | OPEN.keys(), "decide in tests/wall/columns.py"


def test_each_column_that_is_ones_own_holds_a_canary(world: World) -> None:
    with world.transactions.reading() as session:
        for table, columns in OWN.items():
            for column in columns:
                held = session.scalars(sa.select(sa.cast(Base.metadata.tables[table].c[column], sa.Text))).all()
                assert any(secret in (text or "") for text in held for secret in TOLD), f"{table}.{column}"


def test_no_page_that_others_can_reach_tells_anything(world: World) -> None:
    for who in OTHERS:
        pages = crawl(world.who(who).client)
        assert len(pages) > (20 if who != "outsider" else 5), who
        assert {path: found for path, page in pages.items() if (found := told(page))} == {}, who

    telling = [path for path, page in crawl(world.who("us_drafter").client).items() if told(page)]
    assert len(telling) > 10, "a crawl that finds nothing anywhere finds nothing here"


def test_no_route_tells_anything_of_any_row(world: World) -> None:
    for who in ("outsider", "observer", "cn_translator", "cn_drafter", "secretariat", "cn_head"):
        _knock(world, who)


def _knock(world: World, who: str) -> None:
    """Ask for everything, by every method, and send a form with nothing in it wherever one can be sent."""
    person = world.who(who).opens("/")
    token = str(person.page.xpath("//input[@name='csrf_token']/@value")[0])
    telling, odd = {}, {}
    for method, path, _ in every_request(world):
        if path in {"/sign-out", "/password"}:
            continue  # it would end the crawl
        sent: dict[str, Any] = {"data": {"csrf_token": token}} if method == "POST" else {}
        answer = seen(person.client.open(path, method=method, headers={"Origin": "http://localhost"}, **sent))
        if found := told(answer):
            telling[f"{method} {path}"] = found
        if answer.status not in ANSWERS:
            odd[f"{method} {path}"] = answer.status
    assert telling == {}, who
    assert odd == {}, who


def test_what_is_anothers_own_answers_like_what_there_is_not(world: World) -> None:
    for who in ("cn_head", "secretariat", "outsider"):
        _compare(world, who)


def _compare(world: World, who: str) -> None:
    """Ask for what another delegation keeps to itself, and for what there is not: no answer tells them apart."""
    person = world.who(who).opens("/")
    token = str(person.page.xpath("//input[@name='csrf_token']/@value")[0])
    nowhere = str(uuid4())
    hidden = _hidden_from(world, who)
    tried = 0
    for method, path, _table in every_request(world):
        key = next((part for part in path.split("/") if part in hidden), None)
        if key is None:
            continue
        answers = []
        for asked in (path, path.replace(key, nowhere)):
            sent = {"data": {"csrf_token": token}} if method == "POST" else {}
            answers.append(alike({asked: seen(person.client.open(asked, method=method, **sent))}))  # type: ignore[arg-type]  # a form's fields
        assert next(iter(answers[0].values()))[0] == (405 if "405" in str(answers[1]) else 404), path
        assert list(answers[0].values()) == list(answers[1].values()), path
        tried += 1
    assert tried > 10


def _hidden_from(world: World, who: str) -> set[str]:
    """Return the keys of every row that `who` may not read, as the policy has it."""
    with world.transactions.reading() as session:
        actor = session.get_one(Membership, world.table.who(who).id).actor
        return {
            str(row.id)  # type: ignore[attr-defined]  # every model has an id
            for kind, reading in READING.items()
            for row in session.scalars(sa.select(kind))
            if not permits(actor, reading, cast("Subject", row))
        }


def test_no_document_that_others_make_tells_anything(world: World) -> None:
    client = world.who("cn_head").client
    for agreement in (world.table.agreement, world.table.published):
        address = f"/agreements/{agreement.id}/documents"
        [sent] = {tuple(fields) for action, fields in posts(seen(client.get(address))) if ("act", "make") in fields}
        made_any = 0
        for kind in DocumentKind:
            for form in forms_of(kind):
                if form is not Form.PDF:  # made of the Word document
                    data = dict(sent) | {"kind": kind.value, "form": form.value}
                    answer = seen(client.post(address, data=data, headers={"Origin": "http://localhost"}))
                    assert told(answer) == [], (kind, form)
                    made_any += answer.status == 200
        assert made_any > 10


def test_no_answer_to_any_form_of_any_page_tells_anything(world: World) -> None:
    for who in ("cn_translator", "secretariat", "cn_head"):
        _send_everything(world, who)


def _send_everything(world: World, who: str) -> None:
    """Send every form of every page, as it stands, with each of its buttons."""
    person = world.who(who)
    forms = {(action, tuple(fields)) for page in crawl(person.client).values() for action, fields in posts(page)}
    assert len(forms) > 10
    for action, fields in sorted(forms):
        if action in {"/sign-out", "/password"}:
            continue
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        headers = {"Origin": "http://localhost", "Referer": "http://localhost/"}
        answer = person.client.post(action, data=data, follow_redirects=True, headers=headers)
        assert told(seen(answer)) == [], (who, action)
