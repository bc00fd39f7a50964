"""What it costs to be asked whether there is anything new, beside a bare Flask view that answers as much.

The journal is a long one, and its last entries are what a colleague of the reader did alone:
they are passed over one by one. Absolute times are this machine's; the ratio is what to watch.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

import sqlalchemy as sa
from flask import Flask

from benchmarks.texts import best
from workflow import create_app, migrating
from workflow.config import Settings
from workflow.db import make_engine, writing
from workflow.models import Account, Agreement, Entered, Membership
from workflow.services import demonstration, journal

READER: Final = "us.head@demo.example"
COLLEAGUE: Final = "us.drafter@demo.example"
ALONE: Final = 1_000
ROUNDS: Final = 100
PEOPLE: Final = 24
"""Who have a page open at once: a dozen on each side."""
EACH_S: Final = 1.5
"""How often a page asks."""

#: How many times what a bare view takes, and which part of one processor `PEOPLE` may take.
RATIO: Final = 40.0
SHARE: Final = 0.1


def run() -> bool:
    """Print the table; return whether the bounds were kept."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'database.sqlite'}"
        app = create_app(Settings(secret_key=token_urlsafe(48), database_url=url))
        agreement, uniquifier = _filled(url)
        cookie = _cookie(app, uniquifier)
        news = f"/agreements/{agreement}/news"
        seen = _answered(app, news, "seen=", cookie)[1].partition(b'data-seen="')[2].partition(b'"')[0].decode()
        asked = best(lambda: _often(app, news, f"seen={seen}", cookie)) / ROUNDS
        table = _answered(app, f"/agreements/{agreement}/table", "", cookie)[1]
        lies = table.partition(b'data-seen="')[2].partition(b'"')[0].decode()
        followed = best(lambda: _often(app, f"/agreements/{agreement}/table", f"seen={lies}", cookie)) / ROUNDS
        app.extensions["database"].dispose()
    bare = best(lambda: _often(_bare(), "/", "", "")) / ROUNDS
    ratio, share = asked / bare, asked * PEOPLE / EACH_S
    print(f"   {'nothing new, a bare Flask view':48}{bare * 1000:7.2f} ms")
    print(f"   {'nothing new, an open page':48}{asked * 1000:7.2f} ms  ×{ratio:.1f} (at most {RATIO:.0f})")
    print(f"   {'nothing new, the table view':48}{followed * 1000:7.2f} ms  ×{followed / bare:.1f}")
    print(f"   {PEOPLE} open pages, asking every {EACH_S} s: {share:.1%} of one processor (at most {SHARE:.0%})")
    return ratio <= RATIO and share <= SHARE


def _filled(url: str) -> tuple[str, str]:
    """Return the key of the agreement that is negotiated, and what the reader's session holds."""
    migrating.upgrade(url)
    engine = make_engine(url)
    with writing(engine) as session:
        demonstration.load(session, password="hash")  # noqa: S106 -- nobody signs in with it
        agreement = session.scalars(sa.select(Agreement).where(Agreement.short_name == "exercise")).one()
        seats = sa.select(Membership).join(Membership.account)
        colleague = session.scalars(seats.where(Account.email == COLLEAGUE)).one()
        for _ in range(ALONE):
            journal.enter(
                session,
                Entered.DRAFT_SAVED,
                by=colleague,
                dialogue=agreement.dialogue,
                agreement=agreement,
                chain=journal.chain_of(colleague),
            )
        reader = session.scalars(sa.select(Account).where(Account.email == READER)).one()
        found = str(agreement.id), reader.fs_uniquifier
    engine.dispose()
    return found


def _cookie(app: Flask, uniquifier: str) -> str:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = uniquifier, True
    found = client.get_cookie("alternat")
    return f"alternat={found.value}" if found else ""


def _bare() -> Flask:
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: ("", 204))
    return app


def _often(app: Flask, path: str, query: str, cookie: str) -> None:
    for _ in range(ROUNDS):
        status, _body = _answered(app, path, query, cookie)
        if not status.startswith("204"):
            raise RuntimeError(status)


def _answered(app: Flask, path: str, query: str, cookie: str) -> tuple[str, bytes]:
    """Return status and body, asked as a server asks: no client of a test stands in between."""
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": cookie}
    setup_testing_defaults(environ)
    environ["HTTP_HOST"] = "localhost"
    told: list[str] = []

    def start(status: str, _headers: object, _fault: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _written: None

    answer: Iterable[bytes] = app.wsgi_app(environ, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return told[0], body


if __name__ == "__main__":
    run()
