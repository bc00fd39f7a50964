"""Nothing that one delegation keeps to itself comes back to anybody else, whatever they open, send or download.

Nor does it change a byte of it: beside the dialogue in which the United States works by
itself stands another with the same acts of all sides, in which it does not.
"""

import zipfile
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final, cast
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Server
from tests.wall.columns import OPEN, OWN
from tests.wall.crawler import A_FEW, Seen, alike, crawl, posts, seen
from tests.wall.world import CANARY, OTHERS, PERSON, World, play, served
from workflow.access import READING
from workflow.db import WRITE, Base, Words
from workflow.models import Membership
from workflow.permissions import Permission, Subject, permits
from workflow.services.documents import DocumentKind, Form, forms_of
from workflow.services.locks import PATHS

WRITES: Final = "a transaction that may write"
CHANGING: Final = ("INSERT", "UPDATE", "DELETE")
TOLD = (CANARY, PERSON, CANARY.lower(), PERSON.lower())
ANSWERS = {200, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429}


@pytest.fixture(scope="module")
def world(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A dialogue in which the United States has done everything by itself that it can, between each act and the next.

    One for all tests here: those that look come first, those that send after them.
    """
    with served(server.kept(), tmp_path_factory.mktemp("world")) as found:
        play(found, internally=True)
        yield found


@pytest.fixture(scope="module")
def silent(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same acts, and nobody works internally."""
    with served(server.kept(), tmp_path_factory.mktemp("silent")) as found:
        play(found, internally=False)
        yield found


@pytest.fixture
def statements(world: World) -> Iterator[list[str]]:
    """What the program asks its database, as it goes; that a transaction may write is among it."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        # Whether a connection may write is said where its last transaction was of the other kind, whatever is asked.
        if not statement.startswith("PRAGMA query_only"):
            asked.append(statement)

    def begin(connection: sa.Connection) -> None:
        asked.extend([WRITES] if WRITE.items() <= connection.get_execution_options().items() else [])

    engine = world.app.extensions["database"]
    sa.event.listen(engine, "before_cursor_execute", hear)
    sa.event.listen(engine, "begin", begin)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", hear)
    sa.event.remove(engine, "begin", begin)


def told(page: Seen) -> list[str]:
    """Return what of the other side `page` gives away, in the files within it too."""
    parts = [page.whole]
    if page.body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(page.body)) as package:
            parts += [package.read(name) for name in package.namelist()] + [n.encode() for n in package.namelist()]
    return [secret for secret in TOLD if any(secret.encode() in part for part in parts)]


def every_request(world: World) -> Iterator[tuple[str, str]]:
    """Yield method and address for every route and every sort of row there is, and a row that there is not."""
    keys: dict[str, list[str]] = {}
    adapter = world.app.url_map.bind("localhost")
    rules = [rule for rule in world.app.url_map.iter_rules() if rule.endpoint != "static"]
    with world.transactions.reading() as session:
        for name in {name.removesuffix("_id") for rule in rules for name in rule.arguments} - {"version"}:
            assert name in Base.metadata.tables, f"no table {name} to take keys from"
            keys[name] = [*one_of_each(session, Base.metadata.tables[name]), str(uuid4())]
    keys["version"] = ["1"] * max(map(len, keys.values()))  # of a draft: the first, of each
    for rule in rules:
        names = sorted(rule.arguments)
        tables = [name.removesuffix("_id") for name in names]
        for values in zip(*(keys[table] for table in tables), strict=False) if tables else [()]:
            path = adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, path


def one_of_each(session: orm.Session, table: sa.Table) -> list[str]:
    """Return the key of one row of each sort: rows of one sort differ in words, numbers and moments alone.

    Whose they are, what they are, and what of them is there at all, makes the sort.
    """
    found: dict[tuple[object, ...], str] = {}
    whose = {"dialogue", "delegation", "membership"}
    for row in session.execute(sa.select(table)).mappings():
        sort = tuple(
            row[column.name]
            if isinstance(column.type, sa.Enum | sa.Boolean | Words)
            or any(key.column.table.name in whose for key in column.foreign_keys)
            else row[column.name] in {None, "", 0}
            for column in table.columns
            if not column.primary_key and not isinstance(column.type, sa.JSON)
        )
        found.setdefault(sort, str(row["id"]))
    return list(found.values())


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
        pages = world.pages(who)
        assert len(pages) > (20 if who != "outsider" else 5), who
        assert {path: found for path, page in pages.items() if (found := told(page))} == {}, who

    telling = [path for path, page in world.pages("us_drafter").items() if told(page)]
    assert len(telling) > 10, "a crawl that finds nothing anywhere finds nothing here"


def test_what_others_can_reach_is_the_same_to_the_byte(silent: World, world: World) -> None:
    for who in OTHERS:
        one, other = (alike(found.pages(who)) for found in (silent, world))
        assert list(one) == list(other), who
        for path, page in one.items():
            assert page[:2] == other[path][:2], f"{who} {path}"
            assert page[2].splitlines() == other[path][2].splitlines(), f"{who} {path}"


def test_the_own_side_tells_them_apart(silent: World, world: World) -> None:
    one, other = (alike(found.pages("us_drafter")) for found in (silent, world))

    assert list(one) != list(other)


def test_looking_at_whatever_there_is_writes_nothing(world: World, statements: list[str]) -> None:
    """No page takes the lock of a dialogue, or a transaction that may write, for being looked at."""
    for who in ("us_drafter", "us_head", "cn_head", "secretariat"):
        client, looked = world.who(who).client, 0
        for path in (path for method, path in every_request(world) if method == "GET"):
            statements.clear()
            looked += client.get(path).status_code == HTTPStatus.OK
            assert [one for one in statements if one == WRITES or one.startswith(CHANGING)] == [], (who, path)
        assert looked > 10, who


def test_what_is_anothers_own_answers_like_what_there_is_not(world: World, statements: list[str]) -> None:
    """To the letter, and after the same statements: neither the answer nor the time it takes tells them apart."""
    for who in ("cn_head", "secretariat", "outsider"):
        _compare(world, who, statements)


def _compare(world: World, who: str, statements: list[str]) -> None:
    """Ask for what another delegation keeps to itself, and for what there is not: no answer tells them apart."""
    person = world.who(who).opens("/")
    token = str(person.page.xpath("//input[@name='csrf_token']/@value")[0])
    nowhere = str(uuid4())
    hidden = _hidden_from(world, who)
    tried: set[str] = set()
    for method, path in every_request(world):
        key = next((part for part in path.split("/") if part in hidden), None)
        if key is None:
            continue
        answers, asked = [], []
        for address in (path, path.replace(key, nowhere)):
            statements.clear()
            sent: dict[str, Any] = {"data": {"csrf_token": token}} if method == "POST" else {}
            answers.append(alike({address: seen(person.client.open(address, method=method, **sent))}))
            asked.append(list(statements))
        assert next(iter(answers[0].values()))[0] == HTTPStatus.NOT_FOUND, path
        assert list(answers[0].values()) == list(answers[1].values()), path
        assert asked[0] == asked[1], path
        assert WRITES not in asked[0], f"{path}: nobody waits for a dialogue that is not theirs"
        tried.add(path.split("/")[1])
    assert len(tried) > (3 if who != "outsider" else 10), tried


def _hidden_from(world: World, who: str) -> set[str]:
    """Return the keys of every row that `who` may not read, as the policy has it."""
    with world.transactions.reading() as session:
        actor = session.get_one(Membership, world.table.who(who).id).actor
        return {
            str(row.id)  # type: ignore[attr-defined]  # every model has an id
            for kind in PATHS
            for row in session.scalars(sa.select(kind))
            if not permits(actor, READING.get(kind, Permission.READ), cast("Subject", row))
        }


def test_no_form_is_taken_without_the_token_of_its_page(world: World, statements: list[str]) -> None:
    """Whoever sends it, and whatever it is about: it is refused before anything is read of it."""
    client = world.who("us_head").client
    addresses: dict[str, str] = {}
    adapter = world.app.url_map.bind("localhost")
    for method, path in every_request(world):
        if method == "POST":
            addresses.setdefault(adapter.match(path, method="POST")[0], path)
    for endpoint, path in addresses.items():
        for sent in ({}, {"csrf_token": "made-up"}):
            statements.clear()
            answer = client.post(path, data=sent, headers={"Origin": "http://localhost"})
            assert answer.status_code == HTTPStatus.BAD_REQUEST, endpoint
            assert WRITES not in statements, endpoint
    assert len(addresses) > 50


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
    forms = {
        (action, tuple(fields))
        for page in crawl(person.client, queries=A_FEW).values()
        for action, fields in posts(page)
    }
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


def test_no_route_tells_anything_of_any_row(world: World) -> None:
    for who in ("outsider", "observer", "cn_translator", "cn_drafter", "secretariat", "cn_head"):
        _knock(world, who)


def _knock(world: World, who: str) -> None:
    """Ask for everything, by every method, and send a form with nothing in it wherever one can be sent."""
    person = world.who(who).opens("/")
    token = str(person.page.xpath("//input[@name='csrf_token']/@value")[0])
    telling, odd = {}, {}
    for method, path in every_request(world):
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
