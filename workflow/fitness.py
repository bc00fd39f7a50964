"""Whether this machine and this configuration are fit to run on: what ``workflow check`` says."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from workflow import migrating
from workflow.config import ConfigurationError, Settings, unknown_settings, weakness
from workflow.db import is_mended, make_engine, sqlite_module

LEAST_PYTHON: Final = (3, 11)
#: Fonts of which one must be there for Chinese to print, as their files name the family.
CHINESE_FONTS: Final = ("SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "FangSong")


class Verdict(StrEnum):
    """How it is."""

    FIT = "ok"
    LACKING = "warning"
    """It runs, and something will not be had."""
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    verdict: Verdict
    what: str
    found: str


def examine() -> Iterator[Examined]:
    """Yield everything that was looked at, in the order in which an operator would mend it."""
    yield _python()
    try:
        settings = Settings.from_environment()
    except ConfigurationError as error:
        for fault in error.faults:
            yield Examined(Verdict.UNFIT, "Configuration", fault)
    else:
        yield Examined(Verdict.FIT, "Configuration", f"{settings.env}; kept in {settings.var}")
        yield _secret(settings)
        yield from _database(settings)
    for name in unknown_settings(os.environ):
        yield Examined(Verdict.LACKING, "Configuration", f"{name} is no setting; is it misspelt?")
    yield _libre_office()
    yield _fonts()


def _python() -> Examined:
    least = ".".join(map(str, LEAST_PYTHON))
    if sys.version_info < LEAST_PYTHON:
        return Examined(Verdict.UNFIT, "Python", f"{platform.python_version()}; it must be {least} or newer")
    return Examined(Verdict.FIT, "Python", platform.python_version())


def _secret(settings: Settings) -> Examined:
    if why := weakness(settings.secret_key):
        # In production this is a fault of the configuration, which was found above.
        return Examined(Verdict.LACKING, "Secret key", f"{why}: good enough for one machine only")
    return Examined(Verdict.FIT, "Secret key", "long and random enough")


def _database(settings: Settings) -> Iterator[Examined]:
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        yield _sqlite()
    shown = url.render_as_string(hide_password=True)
    try:
        found, needed = migrating.current(settings.database_url), migrating.head()
        server = None if found is None else _server(settings.database_url)
    except sa.exc.DBAPIError as error:
        yield Examined(Verdict.UNFIT, "Database", f"{shown} cannot be reached: {reason(error)}")
        return
    if found == needed:
        yield Examined(Verdict.FIT, "Database", f"{shown}, {server}, at {found}")
    elif found is None:
        yield Examined(Verdict.UNFIT, "Database", f"{shown} was never migrated: run `workflow migrate`")
    else:
        yield Examined(Verdict.UNFIT, "Database", f"{shown} is at {found}, not at {needed}: run `workflow migrate`")


def _sqlite() -> Examined:
    module = sqlite_module()
    version = f"{module.sqlite_version} ({module.__name__.partition('.')[0]})"
    if is_mended(module.sqlite_version_info):
        return Examined(Verdict.FIT, "SQLite", version)
    return Examined(
        Verdict.UNFIT, "SQLite", f"{version} can lose what was written (its WAL-reset fault): 3.51.3 has it mended"
    )


def _server(url: str) -> str:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
            return f"{connection.dialect.name} {version}"
    finally:
        engine.dispose()


def reason(error: sa.exc.DBAPIError) -> str:
    """Return what the database's driver said, on one line; SQLAlchemy's own words repeat the statement."""
    return " ".join(str(error.orig).split())


def _libre_office() -> Examined:
    found = next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), None)
    if found is None:
        return Examined(
            Verdict.LACKING, "LibreOffice", "not found; documents are made all the same, only not rendered for tests"
        )
    return Examined(Verdict.FIT, "LibreOffice", found)


def _fonts(run: Callable[..., "subprocess.CompletedProcess[str]"] = subprocess.run) -> Examined:
    lister = shutil.which("fc-list")
    if lister is None:
        return Examined(Verdict.LACKING, "Chinese fonts", "fc-list is not there to say which are")
    listed = run([lister, ":", "family"], capture_output=True, text=True, check=False).stdout
    found = [font for font in CHINESE_FONTS if font in listed]
    if not found:
        return Examined(Verdict.LACKING, "Chinese fonts", f"none of {', '.join(CHINESE_FONTS)} is installed")
    return Examined(Verdict.FIT, "Chinese fonts", ", ".join(found))
