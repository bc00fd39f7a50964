"""The command: what it says, what it writes, and how it fails."""

import getpass
import io
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.dialogue_file.small import SMALL
from workflow import cli, db, fitness, migrating
from workflow.models import Account, JournalEntry, Membership
from workflow.resources import DATA
from workflow.services import demonstration, journal

SEEDS = Path(__file__).parent / "seeds"


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process: ``run("list")``."""

    def made(*arguments: str) -> Said:
        capfdbinary.readouterr()
        try:
            status = cli.main(arguments)
        except SystemExit as error:  # argparse's own way to refuse
            status = int(error.code or 0)
        out, err = capfdbinary.readouterr()
        return Said(status, out.decode(), err.decode())

    return made


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing set but a folder of the test's own."""
    for name in [*os.environ]:
        if name.startswith("WORKFLOW_") and not name.startswith("WORKFLOW_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("WORKFLOW_VAR", str(tmp_path / "var"))


@pytest.fixture
def migrated(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A clean database at head, which the commands work on."""
    monkeypatch.setenv("WORKFLOW_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def rows(migrated: str) -> Iterator[orm.Session]:
    """A look at that database."""
    engine = db.make_engine(migrated)
    with db.reading(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A dialogue file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def typed(what: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(what), encoding="utf-8"))

    return typed


# Dialogues


def test_what_is_loaded_is_listed_and_dumped(migrated: str, run: Run, small_file: Path) -> None:
    assert run("load", str(small_file)) == Said(0, "Loaded small: 2 sessions, 2 agreements.\n", "")

    assert run("list") == Said(
        0,
        "small  A small dialogue · 小型对话\n"
        "  1. First session · 第一次会议\n"
        "     first-agreement: recorded as published, 4 paragraphs\n"
        "  2. Second session · 第二次会议\n"
        "     second-agreement: in negotiation, no Rev. yet; no text yet; 2 obstacles\n",
        "",
    )
    dumped = run("dump", "small")
    assert (dumped.status, dumped.err) == (0, "")
    small_file.write_text(dumped.out.replace("short_name: small", "short_name: again"), encoding="utf-8")
    assert run("load", str(small_file)).err == "workflow: there is an agreement named first-agreement already\n"


def test_the_real_dialogue_comes_out_of_dump_to_the_byte(migrated: str, run: Run, tmp_path: Path) -> None:
    real = DATA / "digital-economy.yaml"
    run("load", str(real))

    assert run("dump", "digital-economy", "-o", str(tmp_path / "dump.yaml")) == Said(0, "", "")

    assert (tmp_path / "dump.yaml").read_bytes() == real.read_bytes()


def test_a_dialogue_can_come_through_a_pipe(migrated: str, run: Run, types: Callable[[bytes], None]) -> None:
    types(SMALL.encode())

    assert run("load", "-").out == "Loaded small: 2 sessions, 2 agreements.\n"


def test_a_dialogue_is_loaded_once(migrated: str, run: Run, small_file: Path) -> None:
    run("load", str(small_file))

    assert run("load", str(small_file)) == Said(1, "", "workflow: there is a dialogue named small already\n")


def test_every_fault_of_a_file_is_named_with_its_line_and_nothing_is_loaded(
    migrated: str, run: Run, small_file: Path, rows: orm.Session
) -> None:
    small_file.write_text(SMALL.replace("format: 1", "format: 9").replace("colour: 2", "colour: 1"), encoding="utf-8")

    said = run("load", str(small_file))

    assert (said.status, said.out) == (1, "")
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{small_file}:1:")
    assert lines[1].startswith(f"{small_file}:13:")
    assert rows.scalars(sa.select(JournalEntry)).all() == []


# Documents


@pytest.mark.parametrize("name", ["march-2019", "december-2019"])
def test_the_published_texts_come_out_line_by_line_to_the_byte(
    migrated: str, run: Run, name: str, tmp_path: Path
) -> None:
    run("load", str(DATA / "digital-economy.yaml"))

    said = run("export", name, "--format", "text", "--lang", "en", "-o", str(tmp_path / "text"))

    assert said == Said(0, "", "")
    lines = (tmp_path / "text").read_bytes().split(b"\n")
    assert [line for line in lines if line] == (SEEDS / f"{name}.txt").read_bytes().splitlines()


def test_a_text_goes_to_standard_output_and_a_docx_where_it_is_told(
    migrated: str, run: Run, small_file: Path, tmp_path: Path
) -> None:
    run("load", str(small_file))
    docx = tmp_path / "made.docx"

    text = run("export", "first-agreement", "--format", "text", "--lang", "zh")
    made = run("export", "first-agreement", "--edition", "CN", "--paper", "letter", "-o", str(docx))

    assert (text.status, text.err) == (0, "")
    assert "应采取行动。" in text.out
    assert made == Said(0, "", "")
    assert docx.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nothing", "-o", "-"), "there is no agreement named nothing: `workflow list` names them"),
        (("first-agreement",), "a docx needs a file to go to: -o FILE, or -o - for standard output"),
        (("first-agreement", "--lang", "en", "--layout", "en", "-o", "-"), "--lang and --layout say the same"),
        (
            ("first-agreement", "--document", "working-table", "--layout", "en", "-o", "-"),
            "layout does not go with the document working-table; right would be: table",
        ),
        (("first-agreement", "--attributed", "-o", "-"), "attributed does not go with the document text; leave it out"),
        (("first-agreement", "--format", "json"), "form does not go with the document text; right would be: docx, pdf"),
        (("first-agreement", "--document", "redline", "-o", "-"), "no Rev. was issued yet"),
        (("first-agreement", "--document", "redline", "--amendment", "1", "-o", "-"), "--amendment counts"),
        (("first-agreement", "--document", "redline", "--paragraph", "99", "-o", "-"), "there is no paragraph 99"),
        (("first-agreement", "--edition", "FR", "-o", "-"), "no delegation 'FR'"),
        (("first-agreement", "-o", "/dev/null/no-folder"), "/dev/null/no-folder cannot be written: Not a directory"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(
    migrated: str, run: Run, small_file: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    run("load", str(small_file))

    said = run("export", *arguments)

    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"workflow: {sentence}")


# The record


def test_an_untouched_record_is_found_to_fit(migrated: str, run: Run, small_file: Path) -> None:
    run("load", str(small_file))

    said = run("verify")

    assert said.status == 0
    assert re.fullmatch(r"Everything fits: \d+ journal entries and every wording\.\n", said.out)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(
            "UPDATE journal_entry SET details = '{}' WHERE number = 2",
            "entry 2 of the shared journal (wording_made) has been changed. 1 more place does not fit.",
            id="an entry changed",
        ),
        pytest.param(
            "DELETE FROM journal_entry WHERE number = 3",
            "entry 3 of the shared journal (wording_made) is missing. 1 more place does not fit.",
            id="an entry removed",
        ),
        pytest.param(
            "UPDATE wording SET text_zh = '改' WHERE text_en = 'THE HEADING'",
            "first-agreement last-heading wording 1 is not what its hash says.",
            id="a wording changed",
        ),
    ],
)
def test_the_first_place_that_does_not_fit_is_named(
    migrated: str, run: Run, small_file: Path, change: str, sentence: str
) -> None:
    run("load", str(small_file))
    tamper(migrated, change)

    assert run("verify") == Said(1, "", f"workflow: the record of small does not fit: {sentence}\n")


def tamper(url: str, statement: str) -> None:
    """Do what somebody could who owns the database: silence the triggers, and change a row."""
    engine = db.make_engine(url)
    with engine.connect().execution_options(**db.WRITE) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for name in connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)
    engine.dispose()


# Members


JOIN = ("user", "add", "New@example.org", "--dialogue", "small")


def test_somebody_joins_with_the_password_read_from_standard_input(
    migrated: str, run: Run, small_file: Path, types: Callable[[bytes], None], rows: orm.Session
) -> None:
    run("load", str(small_file))
    types("twelve signs, 十二\n".encode())

    said = run(*JOIN, "--name", "Somebody", "--role", "drafter", "--delegation", "US")

    assert said == Said(0, "new@example.org takes part in small as drafter of the delegation US.\n", "")
    account = rows.scalars(sa.select(Account)).one()
    assert account.name == "Somebody"
    assert str(account.password).startswith("$argon2id$")
    assert rows.scalars(sa.select(Membership)).one().actor.delegation == "US"
    assert run("verify").status == 0


def test_somebody_who_has_an_account_is_asked_for_no_password(
    migrated: str, run: Run, small_file: Path, types: Callable[[bytes], None], rows: orm.Session
) -> None:
    run("load", str(small_file))
    small_file.write_text(
        SMALL.replace("short_name: small", "short_name: other")
        .replace("first-agreement", "third-agreement")
        .replace("second-agreement", "fourth-agreement"),
        encoding="utf-8",
    )
    run("load", str(small_file))
    types(b"a password of the first time\n")
    run(*JOIN, "--name", "Somebody", "--role", "observer")
    types(b"")

    said = run("user", "add", "new@example.org", "--dialogue", "other", "--role", "secretariat")

    assert said.out.splitlines() == [
        "new@example.org takes part in other as secretariat.",
        "The account was there already; its name and password stay as they are.",
    ]
    assert len(rows.scalars(sa.select(Account)).one().memberships) == 2


GRANT = ("user", "add", "New@example.org", "--opens-dialogues")


def test_somebody_may_open_dialogues_and_takes_part_in_none(
    migrated: str, run: Run, types: Callable[[bytes], None], rows: orm.Session
) -> None:
    types(b"a password of the first time\n")

    said = run(*GRANT, "--name", "Somebody")
    again = run(*GRANT)

    assert said == Said(0, "new@example.org can open dialogues.\n", "")
    assert again.out.splitlines()[1:] == ["The account was there already; its name and password stay as they are."]
    account = rows.scalars(sa.select(Account)).one()
    assert (account.name, account.opens_dialogues, account.memberships) == ("Somebody", True, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (GRANT, "new@example.org has no account yet"),
        ((*GRANT, "--role", "observer"), "--opens-dialogues gives no part in a dialogue"),
        ((*GRANT, "--dialogue", "small"), "--opens-dialogues gives no part in a dialogue"),
        (("user", "add", "new@example.org", "--role", "observer"), "say with --dialogue and --role"),
        (JOIN, "say with --dialogue and --role"),
    ],
)
def test_a_grant_and_a_part_are_two_things(
    migrated: str, run: Run, rows: orm.Session, arguments: tuple[str, ...], sentence: str
) -> None:
    said = run(*arguments)

    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert rows.scalars(sa.select(Account)).all() == []


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (("--name", "X", "--role", "head"), b"", "a head belongs to a delegation: name one of US, CN"),
        (("--name", "X", "--role", "observer", "--delegation", "US"), b"", "an observer belongs to no delegation"),
        (
            ("--name", "X", "--role", "secretariat", "--delegation", "US"),
            b"",
            "the secretariat belongs to no delegation",
        ),
        (("--name", "X", "--role", "head", "--delegation", "FR"), b"", "small has no delegation FR, only US, CN"),
        (("--role", "observer"), b"", "new@example.org has no account yet"),
        (("--name", "X", "--role", "observer"), b"too short\n", "a password has from 12 to 128 characters"),
        (("--name", "X", "--role", "observer"), b"", "a password has from 12 to 128 characters"),
        (("--name", "X", "--role", "observer", "--dialogue", "none"), b"", "there is no dialogue named none"),
    ],
)
def test_nobody_joins_as_the_rules_do_not_have_it(
    migrated: str,
    run: Run,
    small_file: Path,
    types: Callable[[bytes], None],
    rows: orm.Session,
    *,
    arguments: tuple[str, ...],
    typed: bytes,
    sentence: str,
) -> None:
    run("load", str(small_file))
    types(typed)

    said = run(*JOIN, *arguments)

    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"workflow: {sentence}")
    assert rows.scalars(sa.select(Account)).all() == []


def test_at_a_terminal_the_password_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    typed = iter(["a long password", "a long password", "a long password", "another password"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))

    assert cli._password() == "a long password"
    with pytest.raises(cli.Refused, match="the two passwords differ"):
        cli._password()


# The demonstration


def test_the_demonstration_is_loaded_the_first_time_only(
    blank_url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKFLOW_DATABASE_URL", blank_url)

    first, second = run("demo"), run("demo")

    assert (first.status, second.status, first.err, second.err) == (0, 0, "", "")
    assert first.out.startswith("Bringing the database to the schema of this release …\nLoading the demonstration")
    assert first.out.endswith(second.out)
    assert f"“{demonstration.PASSWORD}”" in second.out
    for one in demonstration.CAST:
        assert one.email in second.out
    assert "exercise: in negotiation, Rev.2 and changed since" in run("list").out
    assert run("verify").status == 0


def test_the_demonstration_is_kept_out_of_a_production_database(
    migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch, rows: orm.Session
) -> None:
    monkeypatch.setenv("WORKFLOW_ENV", "production")
    monkeypatch.setenv("WORKFLOW_SECRET_KEY", "K6pV0mJ9Qe3_rZs7Yt1LwXbC5uHd8AfG2nEi4oTk")
    monkeypatch.setenv("WORKFLOW_BASE_URL", "https://example.org")

    said = run("demo")

    assert (said.status, said.out) == (1, "")
    assert "is not loaded into a production database" in said.err
    assert rows.scalars(sa.select(Account)).all() == []


def test_the_demonstration_does_not_take_over_a_dialogue_of_its_name(migrated: str, run: Run) -> None:
    run("load", str(DATA / "digital-economy.yaml"))

    assert run("demo").err == "workflow: there is a dialogue named digital-economy already\n"


# The installation


def test_migrate_makes_the_database_and_its_folder_and_does_so_once(run: Run, tmp_path: Path) -> None:
    assert run("migrate").out.endswith(f"The database is now at {migrating.head()}.\n")
    assert run("migrate") == Said(0, f"The database is at {migrating.head()}.\n", "")
    assert (tmp_path / "var" / "alternat.sqlite").exists()


@pytest.mark.parametrize("command", [("list",), ("verify",), ("dump", "x"), ("export", "x", "-o", "-"), ("serve",)])
def test_a_database_that_is_not_at_head_is_left_alone(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    said = run(*command)

    sentence = "workflow: the database does not have the schema of this release: run `workflow migrate`\n"
    assert said == Said(1, "", sentence)
    assert not (tmp_path / "var" / "alternat.sqlite").exists()


def test_a_database_that_does_not_answer_is_said_so_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever calls is refused
        port = taken.getsockname()[1]
        monkeypatch.setenv("WORKFLOW_DATABASE_URL", f"postgresql+psycopg://me:hush-hush@127.0.0.1:{port}/none")
        said, checked = run("list"), run("check")

    assert said.status == 1
    assert said.err.startswith("workflow: the database does not answer: ")
    assert checked.status == 1
    assert re.search(r"^unfit +Database: .* cannot be reached: ", checked.out, re.MULTILINE)
    assert "hush-hush" not in said.err + checked.out + checked.err


def test_every_fault_of_the_configuration_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFLOW_THREADS", "many")
    monkeypatch.setenv("WORKFLOW_PROXIES", "-1")

    said, checked = run("list"), run("check")

    assert (said.status, said.out) == (1, "")
    assert all(name in said.err for name in ("WORKFLOW_THREADS", "WORKFLOW_PROXIES"))
    assert len(re.findall("^unfit +Configuration: WORKFLOW_", checked.out, re.MULTILINE)) == 2


def test_a_machine_that_is_fit_passes(migrated: str, run: Run) -> None:
    said = run("check")

    assert (said.status, said.err) == (0, "")
    for what in ("Python", "Configuration", "Secret key", "Database"):
        assert re.search(f"^ok +{what}: ", said.out, re.MULTILINE), what


def test_what_is_lacking_and_not_needed_is_only_a_warning(
    migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("WORKFLOW_SECRET_KEI", "misspelt")
    monkeypatch.setenv("WORKFLOW_SECRET_KEY", "short")

    said = run("check")

    assert said.status == 0
    assert re.findall("^warning +([A-Z][^:]+): ", said.out, re.MULTILINE) == [
        "Secret key",
        "Configuration",
        "LibreOffice",
        "Chinese fonts",
    ]


def test_a_database_that_was_never_migrated_is_unfit(run: Run) -> None:
    said = run("check")

    assert said.status == 1
    assert re.search("^unfit +Database: .* was never migrated: run `workflow migrate`$", said.out, re.MULTILINE)
    assert said.err.startswith("workflow: this machine or its configuration is not fit")


def test_a_database_at_another_revision_is_unfit(blank_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFLOW_DATABASE_URL", blank_url)
    run("migrate")
    tamper(blank_url, "UPDATE alembic_version SET version_num = 'elsewhere'")

    assert re.search("^unfit +Database: .* is at elsewhere, not at ", run("check").out, re.MULTILINE)
    assert run("migrate").err.startswith("workflow: the database cannot be migrated: ")


@pytest.mark.parametrize(
    ("version", "verdict"),
    [((3, 51, 3), fitness.Verdict.FIT), ((3, 51, 2), fitness.Verdict.UNFIT), ((3, 40, 1), fitness.Verdict.UNFIT)],
)
def test_a_sqlite_that_can_lose_what_was_written_is_unfit(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], verdict: fitness.Verdict
) -> None:
    class Module:
        __name__ = "sqlite3"
        sqlite_version_info = version
        sqlite_version = ".".join(map(str, version))

    monkeypatch.setattr(fitness, "sqlite_module", Module)

    assert fitness._sqlite().verdict is verdict


@pytest.mark.parametrize(
    ("families", "verdict"),
    [("DejaVu Sans\nNoto Serif CJK SC,Noto Serif CJK SC Black\n", "ok"), ("DejaVu Sans\n", "warning")],
)
def test_a_chinese_font_is_looked_for(monkeypatch: pytest.MonkeyPatch, families: str, verdict: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/fc-list")

    def listed(command: list[str], **_options: Any) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, 0, families, "")

    assert fitness._fonts(listed).verdict == verdict


def test_a_python_that_is_too_old_is_unfit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 14))

    assert fitness._python().verdict is fitness.Verdict.UNFIT


# Serving


def test_a_port_that_is_taken_is_said_so(migrated: str, run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = run("serve", "--port", str(port))

    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"workflow: port {port} of 127.0.0.1 cannot be had: ")


def test_a_port_that_is_none_is_said_so(migrated: str, run: Run) -> None:
    assert run("serve", "--port", "70000").err.startswith("workflow: port 70000 of 127.0.0.1 cannot be had: ")


def test_serving_says_where(migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, int]] = []
    monkeypatch.setattr("workflow.serving.serve", lambda _settings, *, host, port: served.append((host, port)))

    said = run("serve", "--port", "0")

    assert (said.status, served) == (0, [("127.0.0.1", 0)])
    assert said.out == "http://localhost:0  (Ctrl+C stops it)\n"


@pytest.mark.parametrize(
    ("given", "leads_to"),
    [(None, "http://localhost:0"), ("http://negotiation.example:8000", "http://negotiation.example:8000")],
)
def test_links_lead_to_where_it_is_served_unless_an_address_is_set(
    migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch, given: str | None, leads_to: str
) -> None:
    served: list[str] = []
    monkeypatch.setattr("workflow.serving.serve", lambda settings, **_at: served.append(settings.base_url))
    if given:
        monkeypatch.setenv("WORKFLOW_BASE_URL", given)

    assert run("serve", "--port", "0").status == 0
    assert served == [leads_to]


# Failing


def test_what_nobody_expected_is_told_in_a_line_and_whole_on_request(
    migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_arguments: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(journal, "verify", stumble)

    short, whole = run("verify"), run("--traceback", "verify")

    assert (short.status, whole.status) == (1, 1)
    assert short.err.splitlines() == [
        "workflow: unexpected ZeroDivisionError: by nothing",
        "Run `workflow --traceback …` to see where it happened.",
    ]
    assert whole.err.startswith("Traceback")
    assert whole.err.endswith(short.err)


def test_whoever_interrupts_is_told_nothing(migrated: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "verify", interrupted)

    assert run("verify") == Said(130, "", "")


@pytest.mark.parametrize("arguments", [(), ("negotiate",), ("user",), ("export",), ("serve", "--port", "x")])
def test_a_command_that_is_none_is_refused_with_its_usage(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)

    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: workflow")


def test_the_module_is_the_command(tmp_path: Path) -> None:
    environment = {"PATH": "", "WORKFLOW_VAR": str(tmp_path), "PYTHONPATH": str(DATA.parent), "LC_ALL": "C"}

    done = subprocess.run(
        [sys.executable, "-m", "workflow", "list"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "run `workflow migrate`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_who_stops_reading_is_no_error_worth_a_word(
    migrated: str, small_file: Path, run: Run, tmp_path: Path
) -> None:
    run("load", str(DATA / "digital-economy.yaml"))
    command = subprocess.Popen(
        [sys.executable, "-m", "workflow", "dump", "digital-economy"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(DATA.parent), "WORKFLOW_DATABASE_URL": migrated, "WORKFLOW_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with command:
        assert command.stdout
        assert command.stderr
        command.stdout.close()

        assert command.stderr.read() == b""
    assert command.returncode == 1


def test_every_command_is_in_the_manual() -> None:
    manual = (DATA.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    parser = cli._parser()
    [commands] = [action for action in parser._actions if isinstance(action.choices, dict)]
    assert isinstance(commands.choices, dict)

    for name, command in commands.choices.items():
        assert f"workflow {name}" in manual, name
        for action in command._actions:
            for option in action.option_strings:
                assert option in {"-h", "--help"} or option in manual, f"{name} {option}"
