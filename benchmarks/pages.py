"""What the page of an agreement costs the server, against what must be paid in any case.

The least is a bare Flask view that returns the same bytes. Between it and ours stands the
template alone, filled with what was read and worked out before: nobody who writes such a
page with Jinja pays less. All three are asked for in turns, in one process, as a reader
who is signed in, on SQLite; times are the processor's. What was read is kept until
somebody acts: the page is measured with it, and as it is read after an act.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final
from unittest.mock import patch

import sqlalchemy as sa
import structlog
from flask import Flask, g, render_template
from flask.testing import FlaskClient
from flask_login import current_user

from tests.long_texts import LongText, a_long_text
from workflow import create_app, migrating
from workflow.access import current_member, public
from workflow.blueprints import agreements
from workflow.config import Settings
from workflow.db import writing
from workflow.services import kept_readings
from workflow.serving import settle

PARAGRAPHS: Final = 60
COMMENTS: Final = 200
ROUNDS: Final = 30

#: Of a page of any length.
MOST_STATEMENTS: Final = 8
#: Times what the template alone takes.
ALLOWED: Final = 1.5
#: The same for the first page after an act.
ALLOWED_AFTER_AN_ACT: Final = 3.0


def run() -> bool:
    """Print the table; return whether every bound was kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pages.sqlite"
        migrating.upgrade(url)
        app = create_app(Settings(secret_key=token_urlsafe(), database_url=url, var=Path(folder)))
        with writing(app.extensions["database"]) as session:
            text = a_long_text(session, paragraphs=PARAGRAPHS, comments=COMMENTS)
        kept = _measured(app, text)
        app.extensions["database"].dispose()
    return kept


def _measured(app: Flask, text: LongText) -> bool:
    alone = _alone(app)
    reader = app.test_client()
    with reader.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = text.cast.us_drafter.account.fs_uniquifier, True
    address = f"/agreements/{text.agreement.id}"
    kept: dict[str, Any] = {}

    def keep(template: str, **shown: Any) -> str:  # noqa: ANN401 -- whatever the view shows
        kept.update(template=template, shown=shown, member=current_member(), user=current_user._get_current_object())  # noqa: SLF001 -- Flask-Login's own way
        return render_template(template, **shown)

    with patch.object(agreements, "render_template", keep):
        body = reader.get(address).data
    alone.update(kept)
    settle()
    get = _getting(reader, address)

    def get_after_an_act() -> None:
        kept_readings.forget()
        get()

    sent = _statements(app, get_after_an_act)
    took = _in_turns(
        {
            "a bare view, the same bytes": _getting(_bare(body), "/"),
            "the template alone": _getting(reader, "/alone"),
            "the page after an act": get_after_an_act,
            "the page": get,
        }
    )
    least, rendering, after_an_act, page = took.values()
    print(f"the page of an agreement: {PARAGRAPHS} paragraphs, {COMMENTS} comments, {len(body):,} bytes")
    for name, seconds in took.items():
        print(f"   {name:<48}{seconds * 1000:>7.1f} ms  ×{seconds / least:.0f}")
    print(f"   the page : the template alone {page / rendering:>24.2f}     (at most {ALLOWED})")
    print(f"   after an act {after_an_act / rendering:>41.2f}     (at most {ALLOWED_AFTER_AN_ACT})")
    print(f"   statements after an act, SQLite's BEGIN included {sent:>5}     (at most {MOST_STATEMENTS})")
    kept_bounds = page / rendering <= ALLOWED and after_an_act / rendering <= ALLOWED_AFTER_AN_ACT
    return kept_bounds and sent <= MOST_STATEMENTS


def _bare(body: bytes) -> FlaskClient:
    app = Flask("bare")
    app.add_url_rule("/", view_func=body.decode, endpoint="page")
    return app.test_client()


def _alone(app: Flask) -> dict[str, Any]:
    """Give `app` a view that only renders; what it renders is put into the dictionary returned."""
    kept: dict[str, Any] = {}

    @app.get("/alone")
    @public
    def alone() -> str:
        g.member, g._login_user = kept["member"], kept["user"]  # noqa: SLF001 -- as signing in leaves it
        return render_template(kept["template"], **kept["shown"])

    return kept


def _getting(client: FlaskClient, address: str) -> Callable[[], object]:
    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:  # noqa: PLR2004 -- all is well
            raise RuntimeError(f"{address}: {answer.status}")

    return get


def _statements(app: Flask, what: Callable[[], object]) -> int:
    sent = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = app.extensions["database"]
    sa.event.listen(engine, "before_cursor_execute", note)
    what()
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def _in_turns(measured: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median processor seconds of each, after a round that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS + 1):
        for name, what in measured.items():
            start = process_time()
            what()
            taken[name].append(process_time() - start)
    return {name: median(seconds[1:]) for name, seconds in taken.items()}
