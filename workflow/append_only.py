"""DDL that makes a table append-only in the database itself, on SQLite and PostgreSQL; for use in migrations.

A fact that was once committed is never edited: neither by a fault of this program nor by
somebody with a database shell and a little haste. Whoever owns the tables can still take
the triggers away; the chains of hashes tell of that (:mod:`workflow.services.journal`).

Migrations that were released lean on this module: its triggers may gain strength, their
names stay.
"""

import re

import sqlalchemy as sa
from alembic import op

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""


#: The check of what the journal can say; migrations lengthen the list of words as acts are added.
_VOCABULARY = "ck_journal_entry_entered"


def forbid_changes(table: str, *keys: tuple[str, ...]) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on `table` from now on, and INSERT OR REPLACE of what is there.

    SQLite drops triggers with the table, so every `batch_alter_table` of `table` must call
    this again.

    Args:
        table: The table.
        keys: The columns of each unique key beside ``id``.

    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSE)
        for event, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event.split()[0].lower()} BEFORE {event} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    # INSERT OR REPLACE removes the old row without firing a DELETE trigger: hence the third. It
    # finds that row by any unique key, the hidden rowid among them.
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in (("rowid",), ("id",), *keys)
    )
    for event, when in (
        ("UPDATE", ""),
        ("DELETE", ""),
        ("INSERT", f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"),  # noqa: S608 -- names of this project's own
    ):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {event} refused'); END"
        )


def allow_changes(table: str) -> None:
    """Take back `forbid_changes`."""
    if op.get_bind().dialect.name == "postgresql":
        for event in ("update", "truncate"):
            op.execute(f"DROP TRIGGER {table}_refuses_{event} ON {table}")
        return
    for event in ("update", "delete", "insert"):
        op.execute(f"DROP TRIGGER {table}_refuses_{event}")


def forget_refusal() -> None:
    """Drop what `forbid_changes` left beside the tables; no table may be append-only any more."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_change()")


def let_journal_say(*words: str) -> None:
    """Let the journal say these `words` besides what it can say already."""
    _speak((*_known(), *words))


def let_journal_say_no_more(*words: str) -> None:
    """Take `words` out of what the journal can say, but for those it has said: its entries are chained, and stay."""
    said = set(op.get_bind().scalars(sa.text("SELECT DISTINCT act FROM journal_entry")))
    _speak(tuple(word for word in _known() if word not in words or word in said))


def _known() -> tuple[str, ...]:
    """Return what the journal can say at present, as the database has it."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("journal_entry")
    [known] = [str(one["sqltext"]) for one in checks if one["name"] == _VOCABULARY]
    return tuple(re.findall(r"'([a-z_]+)'", known))


def _speak(words: tuple[str, ...]) -> None:
    known = ", ".join(f"'{word}'" for word in dict.fromkeys(words))
    allow_changes("journal_entry")
    with op.batch_alter_table("journal_entry") as batch:
        batch.drop_constraint(op.f(_VOCABULARY), type_="check")
        batch.create_check_constraint(op.f(_VOCABULARY), f"act IN ({known})")
    forbid_changes("journal_entry", ("dialogue_id", "chain", "number"))
