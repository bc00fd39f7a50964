"""How many statements a page takes: as many for a long text as for a short one."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from tests.databases import Begin
from tests.long_texts import LongText, a_long_text
from tests.web import SignIn
from workflow.services import kept_readings

#: What the agreement page may take, whatever its length.
MOST = 8


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Give what is sent to the database inside; SQLite's BEGIN and what goes before it included."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)


def statements(app: Flask, sign_in: SignIn, text: LongText, path: str) -> list[str]:
    """Return what one reading of `path` by a drafter sends to the database."""
    drafter = sign_in(text.cast.us_drafter)
    drafter.opens(path)  # what is asked once, of a connection, is asked here
    kept_readings.forget()  # as after an act
    with counted(app.extensions["database"]) as sent:
        assert drafter.opens(path).status == 200
    return sent


def test_a_page_takes_as_many_statements_for_a_long_text_as_for_a_short_one(
    app: Flask, sign_in: SignIn, writing: Begin
) -> None:
    taken: dict[str, list[int]] = {"agreement": [], "paragraph": [], "desk": []}
    for paragraphs in (6, 60, 120):
        with writing() as session:
            text = a_long_text(
                session, paragraphs=paragraphs, comments=12 + paragraphs // 2, short_name=f"{paragraphs}"
            )
        for page, path in (
            ("agreement", f"/agreements/{text.agreement.id}"),
            ("paragraph", f"/paragraphs/{text.paragraph.id}"),
            ("desk", "/"),
        ):
            taken[page].append(len(statements(app, sign_in, text, path)))

    assert {page: len(set(counts)) for page, counts in taken.items()} == dict.fromkeys(taken, 1), taken
    assert taken["agreement"][0] <= MOST
