"""One session per request, read-only unless somebody asked to write; one write, one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import sqlalchemy as sa
from flask import Flask, current_app, g
from sqlalchemy import orm

from workflow.db import begin_writing, make_engine


class Database:
    """The session of the current app context, and the one way to write through it."""

    def init_app(self, app: Flask, url: str) -> None:
        """Give `app` an engine on `url`, and its contexts sessions that end with them."""
        app.extensions["database"] = make_engine(url)

        @app.teardown_appcontext
        def close(_error: BaseException | None) -> None:
            if (session := g.pop("_session", None)) is not None:
                session.close()  # whatever was not committed is rolled back

    @property
    def engine(self) -> sa.Engine:
        """The engine of the current app."""
        return cast("sa.Engine", current_app.extensions["database"])

    @property
    def session(self) -> orm.Session:
        """The session of this context: read-only unless inside `write`."""
        if "_session" not in g:
            g._session = orm.Session(self.engine, expire_on_commit=False)  # noqa: SLF001 -- g is a bag
        return cast("orm.Session", g._session)  # noqa: SLF001 -- g is a bag

    @contextmanager
    def write(self) -> Iterator[orm.Session]:
        """Commit what the block does when it ends, roll it back when it raises: one act, one transaction.

        What was read before is forgotten (detached, still readable): it must not decide a write.

        Raises:
            RuntimeError: Inside another `write`: the outer act would be split in two.

        """
        session = self.session
        if g.get("_writing"):
            message = "write() inside write(): the outer act would be split in two"
            raise RuntimeError(message)
        session.close()
        begin_writing(session)
        g._writing = True  # noqa: SLF001 -- g is a bag
        try:
            yield session
            session.commit()
        finally:
            g._writing = False  # noqa: SLF001 -- g is a bag
            session.rollback()  # does nothing after a commit

    def write_pending(self) -> None:
        """Carry changes made to rows on a read into one short write; for the accounts' datastore only.

        Rows changed this way need a `version_id_col`: they were read without the lock.
        """
        session = self.session
        if g.get("_writing"):
            session.flush()
            return
        changed, gone = [*session.new, *session.dirty], list(session.deleted)
        session.close()  # unlike rollback(), keeps the pending changes of the rows
        begin_writing(session)
        session.add_all(changed)
        for row in gone:
            session.delete(row)
        session.commit()


db = Database()
