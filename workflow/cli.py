"""The ``workflow`` command: what an operator does from a shell.

Every command exits with 0 when it did what it says, 1 when it could not, 2 when it was
asked wrongly. What went wrong stands on stderr in a sentence; what was asked for, and
nothing else, on stdout.
"""

import argparse
import contextlib
import getpass
import os
import socket
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from alembic.util import CommandError
from sqlalchemy import orm

from workflow import dialogue_file, fitness, migrating, passwords
from workflow.config import ConfigurationError, Settings
from workflow.db import make_engine, reading, writing
from workflow.domain.closing import obstacles
from workflow.domain.negotiation import OUT_OF_THE_TEXT, Stage
from workflow.models import Agreement, Delegation, Dialogue, JournalEntry
from workflow.permissions import Role
from workflow.services import demonstration, dialogues, documents, journal, members
from workflow.services.documents import DocumentKind, Form, Making
from workflow.services.locks import lock_dialogue_of
from workflow.services.reading import Reading, read

STDIO: Final = "-"

#: Files that nobody wants on a terminal.
_BINARY: Final = frozenset({Form.DOCX, Form.PDF})
#: The languages a document can be asked for in, and the layout each means.
_LANGUAGES: Final = {"en": "en", "zh": "zh", "both": "sequential"}
"""In place of a file: standard input or output."""

Arguments: TypeAlias = argparse.Namespace


class Refused(Exception):  # noqa: N818 -- what happened, in a word
    """A command that cannot be carried out; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese is no reason to fail
    asked = _parser().parse_args(arguments)
    try:
        asked.command(asked)
        sys.stdout.flush()
        status = 0
    except _EXPECTED as error:
        status = _fail(asked, _sentence(error))
    except BrokenPipeError:
        # Whoever read along has seen enough; the interpreter must not stumble over it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    except Exception as error:  # noqa: BLE001 -- the last line of defence: said on stderr, whole on request
        name = type(error).__name__
        status = _fail(
            asked, f"workflow: unexpected {name}: {error}\nRun `workflow --traceback …` to see where it happened."
        )
    return status


def _fail(asked: Arguments, sentence: str) -> int:
    if asked.traceback:
        traceback.print_exc()
    sys.stderr.write(f"{sentence}\n")
    return 1


#: What can go wrong without anybody having made a mistake in the program.
_EXPECTED: Final = (
    Refused,
    ConfigurationError,
    dialogue_file.FaultyFile,
    dialogues.AlreadyThere,
    members.CannotJoin,
    CommandError,
    sa.exc.OperationalError,
)


def _sentence(error: Exception) -> str:
    match error:
        case dialogue_file.FaultyFile():
            return str(error)  # a line for each fault, which begins with file and line, as editors read it
        case sa.exc.OperationalError():
            return f"workflow: the database does not answer: {fitness.reason(error)}"
        case CommandError():
            return f"workflow: the database cannot be migrated: {error}"
        case _:
            return f"workflow: {error}"


# Commands


def _serve(asked: Arguments) -> None:
    from workflow.serving import serve  # noqa: PLC0415 -- the web is imported by nothing but this

    settings = Settings.from_environment()
    with _database(settings):
        pass  # at head, or it says what to do
    _check_port(asked.host, asked.port)
    here = f"http://{'localhost' if asked.host in {'127.0.0.1', '0.0.0.0', '::1'} else asked.host}:{asked.port}"  # noqa: S104 -- compared, not bound
    _say(f"{settings.base_url if settings.is_production else here}  (Ctrl+C stops it)")
    if not settings.has_own_address:
        settings = replace(settings, base_url=here)  # links that are handed on lead to where it is served
    serve(settings, host=asked.host, port=asked.port)


def _demo(_asked: Arguments) -> None:
    settings = Settings.from_environment()
    if settings.is_production:
        raise Refused("the demonstration's password is known to everybody: it is not loaded into a production database")
    _bring_to_head(settings)
    with _database(settings) as engine:
        with reading(engine) as session:
            loaded = demonstration.is_loaded(session)
        if not loaded:
            _say("Loading the demonstration: two agreements of 2019 and an exercise …")
            password = passwords.hashed(demonstration.PASSWORD)
            with writing(engine) as session:
                demonstration.load(session, password=password)
    _say(f"Demonstration sign-ins; the password of each is “{demonstration.PASSWORD}”:")
    for one in demonstration.CAST:
        _say(f"  {one.email:<30} {one.name}")


def _migrate(_asked: Arguments) -> None:
    settings = Settings.from_environment()
    moved = _bring_to_head(settings)
    _say(f"The database is {'now ' if moved else ''}at {migrating.head()}.")


def _load(asked: Arguments) -> None:
    text = sys.stdin.buffer.read() if asked.file == STDIO else _bytes_of(Path(asked.file))
    file = dialogue_file.read(text, name="standard input" if asked.file == STDIO else asked.file)
    with _database(Settings.from_environment()) as engine, writing(engine) as session:
        dialogues.load(session, file)
    sessions, agreements = _counted(len(file.sessions), "session"), _counted(len(file.agreements), "agreement")
    _say(f"Loaded {file.short_name}: {sessions}, {agreements}.")


def _dump(asked: Arguments) -> None:
    with _database(Settings.from_environment()) as engine, reading(engine) as session:
        file = dialogues.dump(_dialogue(session, asked.dialogue))
    text = dialogue_file.write(file)
    dialogue_file.read(text, name=f"the dump of {asked.dialogue}")  # what could not be loaded again is no dump
    _put(text.encode(), asked.output)


def _list(_asked: Arguments) -> None:
    with _database(Settings.from_environment()) as engine, reading(engine) as session:
        for dialogue in session.scalars(sa.select(Dialogue).order_by(Dialogue.short_name)):
            _say(f"{dialogue.short_name}  {dialogue.name.en} · {dialogue.name.zh}")
            for meeting in dialogue.sessions:
                _say(f"  {meeting.ordinal}. {meeting.name.en} · {meeting.name.zh}")
                for agreement in meeting.agreements:
                    _say(f"     {agreement.short_name}: {_standing(session, agreement)}")


def _standing(session: orm.Session, agreement: Agreement) -> str:
    found = read(session, agreement.id)
    if found.stage is Stage.RECORDED:
        return f"recorded as published, {_counted(len(found.order), 'paragraph')}"
    rev = f"Rev.{found.rev}" if found.rev else "no Rev. yet"
    if found.rev and found.has_changed_since_rev:
        rev += " and changed since"
    if found.stage is Stage.ADOPTED:
        return f"adopted, {rev}"
    standings = [one for one in found.standings.values() if one not in OUT_OF_THE_TEXT]
    counts = [f"{standings.count(one)} {one.replace('_', ' ')}" for one in dict.fromkeys(sorted(standings))]
    return "; ".join(
        (f"in negotiation, {rev}", ", ".join(counts) or "no text yet", f"{len(obstacles(found.closing))} obstacles")
    )


#: What `verify` says of each fault.
_FAULTS: Final = {
    journal.Fault.ENTRY_CHANGED: "has been changed",
    journal.Fault.ENTRY_MISSING: "is missing",
    journal.Fault.CHAIN_BROKEN: "does not follow on the entry before it",
    journal.Fault.WORDING_CHANGED: "is not what its hash says",
    journal.Fault.WORDING_UNKNOWN: "is unknown to the journal",
}


def _verify(_asked: Arguments) -> None:
    with _database(Settings.from_environment()) as engine, reading(engine) as session:
        findings = journal.verify(session)
        entries = session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) or 0
    if not findings:
        _say(f"Everything fits: {_counted(entries, 'journal entry', 'journal entries')} and every wording.")
        return
    first, *others = findings
    if first.number:
        chain = first.chain or "shared"
        what = f"entry {first.number} of the {chain} journal" + (f" ({first.what})" if first.what else "")
    else:
        what = first.what
    also = f" {_counted(len(others), 'more place does', 'more places do')} not fit." if others else ""
    raise Refused(f"the record of {first.dialogue} does not fit: {what} {_FAULTS[first.fault]}.{also}")


def _export(asked: Arguments) -> None:
    form = Form(asked.format)
    if form in _BINARY and asked.output is None:
        raise Refused(f"a {form} needs a file to go to: -o FILE, or -o - for standard output")
    if asked.lang and asked.layout:
        raise Refused("--lang and --layout say the same: use one of them")
    if asked.amendment and not asked.paragraph:
        raise Refused("--amendment counts the amendments to one paragraph: say which with --paragraph")
    try:
        making = Making(
            kind=DocumentKind(asked.document),
            form=form,
            layout=_LANGUAGES.get(asked.lang, asked.layout or ""),
            edition=asked.edition,
            house=asked.profile,
            paper=asked.paper,
            is_attributed=asked.attributed,
            own=asked.own,
            since=asked.since,
            until=asked.until,
        )
        with _database(Settings.from_environment()) as engine, reading(engine) as session:
            agreement = dialogues.find_agreement(session, asked.agreement)
            if agreement is None:
                raise Refused(f"there is no agreement named {asked.agreement}: `workflow list` names them")
            found = read(session, agreement.id)
            made = documents.make(session, found, _of_paragraph(making, found, asked))
    except (ValueError, documents.NoPdf) as error:
        raise Refused(str(error)) from error
    _put(made, asked.output or STDIO)


def _of_paragraph(making: Making, found: Reading, asked: Arguments) -> Making:
    """Return `making` with the paragraph and the amendment that were named by their numbers."""
    if not asked.paragraph:
        return making
    keys = {number: key for key, number in found.numbers.items()}
    if asked.paragraph not in keys:
        raise Refused(f"there is no paragraph {asked.paragraph}; there are: {', '.join(keys)}")
    key = keys[asked.paragraph]
    if asked.amendment is None:
        return replace(making, paragraph=key)
    [paragraph] = [placed.paragraph for placed in found.order if placed.paragraph.id == key]
    amendments = {one.number: one.id for one in paragraph.amendments}
    if asked.amendment not in amendments:
        known = ", ".join(map(str, amendments)) or "none"
        raise Refused(f"there is no amendment {asked.amendment} to paragraph {asked.paragraph}; there are: {known}")
    return replace(making, amendment=amendments[asked.amendment])


def _user_add(asked: Arguments) -> None:
    if asked.opens_dialogues:
        _grant(asked)
        return
    if not asked.dialogue or not asked.role:
        raise Refused("say with --dialogue and --role as what they take part, or --opens-dialogues")
    email, role = members.address(asked.email), Role(asked.role)
    with _database(Settings.from_environment()) as engine:
        with reading(engine) as session:
            dialogue = _dialogue(session, asked.dialogue)
            account = members.find_account(session, email)
            delegation = _delegation(dialogue, asked.delegation)
            members.check_seat(session, account=account, dialogue=dialogue, role=role, delegation=delegation)
        if account is None and not asked.name:
            raise Refused(f"{email} has no account yet: say with --name what colleagues shall read")
        # Asked for and hashed before the transaction: nobody waits for somebody who types.
        password = passwords.hashed(_password()) if account is None else ""
        with writing(engine) as session:
            dialogue = _dialogue(session, asked.dialogue)
            lock_dialogue_of(session, Dialogue, dialogue.id)
            holder = members.find_account(session, email) or members.open_account(
                session, email=email, name=asked.name, password=password
            )
            delegation = _delegation(dialogue, asked.delegation)
            members.join(session, account=holder, dialogue=dialogue, role=role, delegation=delegation)
    of = f" of the delegation {asked.delegation}" if asked.delegation else ""
    _say(f"{email} takes part in {asked.dialogue} as {asked.role}{of}.")
    if account is not None:
        _say("The account was there already; its name and password stay as they are.")


def _grant(asked: Arguments) -> None:
    """Let an account open dialogues, of each of which it is then the secretariat; it gets no part in any there is."""
    if asked.dialogue or asked.role or asked.delegation:
        raise Refused("--opens-dialogues gives no part in a dialogue: leave out --dialogue, --role and --delegation")
    email = members.address(asked.email)
    with _database(Settings.from_environment()) as engine:
        with reading(engine) as session:
            is_known = members.find_account(session, email) is not None
        if not is_known and not asked.name:
            raise Refused(f"{email} has no account yet: say with --name what colleagues shall read")
        password = "" if is_known else passwords.hashed(_password())
        with writing(engine) as session:
            holder = members.find_account(session, email) or members.open_account(
                session, email=email, name=asked.name, password=password
            )
            holder.opens_dialogues = True
    _say(f"{email} can open dialogues.")
    if is_known:
        _say("The account was there already; its name and password stay as they are.")


def _check(_asked: Arguments) -> None:
    examined = list(fitness.examine())
    for one in examined:
        _say(f"{one.verdict:<8} {one.what}: {one.found}")
    if any(one.verdict is fitness.Verdict.UNFIT for one in examined):
        raise Refused("this machine or its configuration is not fit; what is marked above says why")


# What the commands share


@contextlib.contextmanager
def _database(settings: Settings) -> Iterator[sa.Engine]:
    """Give an engine on the database, once it is known to have the schema of this release."""
    if not migrating.is_at_head(settings.database_url):
        raise Refused("the database does not have the schema of this release: run `workflow migrate`")
    engine = make_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _bring_to_head(settings: Settings) -> bool:
    """Migrate if there is something to migrate; return whether there was."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        _make_folder(Path(url.database).parent)
    if migrating.is_at_head(settings.database_url):
        return False
    _say("Bringing the database to the schema of this release …")
    migrating.upgrade(settings.database_url)
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder}: {error.strerror}") from error


def _dialogue(session: orm.Session, short_name: str) -> Dialogue:
    if (dialogue := dialogues.find(session, short_name)) is None:
        raise Refused(f"there is no dialogue named {short_name}: `workflow list` names them")
    return dialogue


def _delegation(dialogue: Dialogue, code: str | None) -> Delegation | None:
    if code is None:
        return None
    found = next((one for one in dialogue.delegations if one.code == code), None)
    if found is None:
        raise Refused(f"{dialogue.short_name} has no delegation {code}, only {', '.join(dialogue.sides)}")
    return found


def _password() -> str:
    """Return the password typed twice at a terminal, or read from standard input once."""
    if sys.stdin.isatty():
        typed = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != typed:
            raise Refused("the two passwords differ")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not passwords.SHORTEST <= len(typed) <= passwords.LONGEST:
        raise Refused(f"a password has from {passwords.SHORTEST} to {passwords.LONGEST} characters")
    return typed


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from error


def _put(made: bytes, output: str) -> None:
    if output == STDIO:
        sys.stdout.buffer.write(made)
        return
    try:
        Path(output).write_bytes(made)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}") from error


def _check_port(host: str, port: int) -> None:
    """Raise `Refused` if something else listens there: the server would try again for a while and then give up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise Refused(f"port {port} of {host} cannot be had: {why}; --port chooses another") from error


def _say(line: str) -> None:
    """Write `line` to standard output at once: what takes a while says so while it does."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


# How they are asked for


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workflow", description="Negotiate one text in two equally authentic languages, record it, print it."
    )
    parser.add_argument("--traceback", action="store_true", help="show where in the program an error arose")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, does: Callable[[Arguments], None], what: str, **options: Any) -> argparse.ArgumentParser:  # noqa: ANN401 -- handed on
        made = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", **options)
        made.set_defaults(command=does)
        return made

    serve = command("serve", _serve, "serve the application")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")

    command("demo", _demo, "load the demonstration if it is not there yet, and name its sign-ins")
    command("migrate", _migrate, "bring the database to the schema of this release")
    command("check", _check, "say whether this machine and configuration are fit")

    load = command("load", _load, "take over a dialogue from a file")
    load.add_argument("file", metavar="FILE", help="dialogue file (docs/file-format.md); - for standard input")

    dump = command("dump", _dump, "write a dialogue as a file")
    dump.add_argument("dialogue", metavar="DIALOGUE", help="short name")
    dump.add_argument("-o", "--output", metavar="FILE", default=STDIO, help="where to (default: standard output)")

    command("list", _list, "list dialogues, sessions and agreements, and how each text stands")
    command("verify", _verify, "recompute every hash of the record, and name the first entry that does not fit")

    export = command("export", _export, "write an agreement as a document")
    export.add_argument("agreement", metavar="AGREEMENT", help="short name, such as march-2019")
    export.add_argument(
        "--document",
        choices=[kind.value for kind in DocumentKind],
        default=DocumentKind.TEXT.value,
        help="what it holds (default: the text)",
    )
    export.add_argument(
        "--format", choices=[form.value for form in Form], default=Form.DOCX.value, help="kind of file (default: docx)"
    )
    export.add_argument("--layout", choices=(*documents.LAYOUTS, documents.TABLE), help="how both languages stand")
    export.add_argument("--lang", choices=tuple(_LANGUAGES), help="one language only, or both one after the other")
    export.add_argument(
        "--profile", choices=documents.HOUSES, default=documents.HOUSES[0], help="house style (default: neutral)"
    )
    export.add_argument(
        "--paper", choices=documents.PAPERS, default=documents.PAPERS[0], help="of a docx or PDF (default: a4)"
    )
    export.add_argument("--edition", metavar="CODE", help="delegation that is named first, such as US or CN")
    export.add_argument("--attributed", action="store_true", help="let the brackets of a negotiating text name sides")
    export.add_argument("--own", metavar="CODE", help="of a record of positions: that delegation's internal copy")
    export.add_argument("--since", metavar="REV", type=int, help="of a redline: where it begins (default: last Rev.)")
    export.add_argument("--until", metavar="REV", type=int, help="of a redline: where it ends (default: the text now)")
    export.add_argument("--paragraph", metavar="NUMBER", help="of a redline: compare wordings of this paragraph")
    export.add_argument("--amendment", metavar="N", type=int, help="of a redline: show this amendment to --paragraph")
    export.add_argument("-o", "--output", metavar="FILE", help="where to; - for standard output")

    user = commands.add_parser("user", help="accounts and members", description="Accounts and members.")
    users = user.add_subparsers(title="commands", required=True, metavar="COMMAND")
    what = "let somebody take part in a dialogue; the password is asked for, or read from standard input"
    add = users.add_parser("add", help=what, description=f"{what[0].upper()}{what[1:]}.")
    add.set_defaults(command=_user_add)
    add.add_argument("email", metavar="EMAIL", help="what is typed at sign-in")
    add.add_argument("--name", help="what colleagues of the own side read; needed for a new account")
    add.add_argument("--dialogue", metavar="NAME", help="short name of the dialogue")
    add.add_argument("--role", choices=tuple(role.value for role in Role))
    add.add_argument("--delegation", metavar="CODE", help="such as US or CN; observers and the secretariat have none")
    add.add_argument(
        "--opens-dialogues",
        action="store_true",
        help="let them open dialogues on a page, in place of --dialogue and --role",
    )
    return parser
