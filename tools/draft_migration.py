"""Draft the next migration from what the models say and the migrations do not.

    python -m tools.draft_migration "Let comments be withdrawn"

The draft is a beginning. Write its paragraph of why; put `op.batch_alter_table` around what
SQLite cannot alter; call `forbid_changes` again for every append-only table that was altered
(SQLite drops triggers with the table it makes anew), and for new tables of facts; try both
directions. `tests/schema` says whether the result is what the models say.

Until the first release the one migration there is may be edited instead: nobody has run it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from alembic import command

import workflow.models  # noqa: F401 -- the tables are known once their models are
from workflow import migrating
from workflow.db import Base


def draft(what: str) -> Path:
    """Write a migration called `what`, drafted from the models; return its file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/at_head.sqlite"
        migrating.upgrade(url)
        drafted = command.revision(
            migrating.configuration(url, metadata=Base.metadata), message=what, autogenerate=True
        )
    if drafted is None or isinstance(drafted, list):
        raise TypeError("one migration was asked for")
    return Path(drafted.path)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Draft the next migration from the models.")
    parser.add_argument("what", help="what it does, as a title: 'Keep the heads of both sides informed'")
    sys.stdout.write(f"{draft(parser.parse_args().what)}\n")


if __name__ == "__main__":
    main()
