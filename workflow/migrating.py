"""Bringing a database to the schema of this release, and saying where it stands.

Alembic is called from here and configured here, so that migrations run alike from a
checkout, from an installed wheel and from any folder.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from workflow.db import make_engine
from workflow.resources import MIGRATIONS


def configuration(url: str = "", *, metadata: sa.MetaData | None = None) -> Config:
    """Return Alembic's configuration for the database at `url`.

    Args:
        url: The database; ``migrations/env.py`` opens it.
        metadata: What a new migration is to be drafted from.

    """
    config = Config(attributes={"url": url, "metadata": metadata})
    for option, value in (
        ("script_location", str(MIGRATIONS)),
        ("file_template", "%(year)d%(month).2d%(day).2d_%(rev)s_%(slug)s"),
        ("timezone", "UTC"),
        ("path_separator", "os"),
    ):
        config.set_main_option(option, value.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`: everything, or, if anything fails, nothing."""
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`; ``base`` is the empty database."""
    command.downgrade(configuration(url), revision)


def head() -> str | None:
    """Return the revision this release works with."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def current(url: str) -> str | None:
    """Return the revision the database at `url` is at; ``None`` if it was never migrated."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and not Path(parsed.database).exists():
        return None  # to look must not make the file
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def is_at_head(url: str) -> bool:
    """Whether the database at `url` has the schema this release works with."""
    return current(url) == head()
