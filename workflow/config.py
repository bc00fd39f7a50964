"""What a deployment may set, read from the environment once and validated as a whole.

Every setting is an environment variable named ``WORKFLOW_`` and the name in `SETTINGS`;
a secret may be given as the path of a file that holds it instead (``…_FILE``). The page
``docs/configuration.md`` says the same for operators, and a test holds the two equal.
"""

import contextlib
import os
import secrets
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import make_url

PREFIX: Final = "WORKFLOW_"
LOCAL_ADDRESS: Final = "http://localhost:8000"
"""Where a local installation serves, if it is told nothing else."""
SHORTEST_SECRET: Final = 32
"""Bytes a secret key must have at least."""


class Environment(StrEnum):
    """What kind of installation this is."""

    LOCAL = "local"
    """One machine, for trying out and for work on the program: served over plain HTTP, secrets made by itself."""
    PRODUCTION = "production"
    """For real: behind HTTPS, nothing that matters left to a default."""


#: Every setting, without the prefix, and what it is.
SETTINGS: Final[Mapping[str, str]] = {
    "ENV": "local or production",
    "SECRET_KEY": "signs cookies and forms",
    "DATABASE_URL": "the database, as SQLAlchemy writes it",
    "BASE_URL": "the address people use, for links",
    "TRUSTED_HOSTS": "host names that are answered to",
    "PROXIES": "how many proxies stand in front",
    "SESSION_HOURS": "hours without a request after which a person signs in again",
    "INVITATION_DAYS": "days an invitation can be accepted",
    "THREADS": "requests served at the same time",
    "VAR": "folder for what the program itself keeps",
}
_SECRETS: Final = ("SECRET_KEY", "DATABASE_URL")
"""Settings that may be given as a file."""


class ConfigurationError(Exception):
    """The environment is not one to start in.

    Attributes:
        faults: Everything that is wrong, a sentence each. Never empty.

    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration of one installation, validated."""

    env: Environment = Environment.LOCAL
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    base_url: str = LOCAL_ADDRESS
    has_own_address: bool = False
    """Whether the base address was set, rather than taken to be where a local installation usually serves."""
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    proxies: int = 0
    session_hours: int = 12
    invitation_days: int = 14
    threads: int = 8
    var: Path = Path("var")

    @property
    def is_production(self) -> bool:
        """Whether real people's work is at stake."""
        return self.env is Environment.PRODUCTION

    @property
    def is_https(self) -> bool:
        """Whether people reach it over HTTPS."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Return the settings that `environ` (by default the process's own) asks for.

        A local installation makes its secret key once and keeps it in its folder.

        Raises:
            ConfigurationError: With everything that is wrong, not just the first fault.

        """
        reading = _Reading(os.environ if environ is None else environ)
        env = Environment(reading.choice("ENV", tuple(Environment), default=Environment.LOCAL))
        var = Path(reading.text("VAR") or "var").expanduser().absolute()
        base_url = reading.address("BASE_URL", env)
        secret_key = reading.secret_key(env, var)
        settings = cls(
            env=env,
            secret_key=secret_key,
            database_url=reading.database_url(env, var),
            base_url=base_url,
            has_own_address=bool(reading.text("BASE_URL")),
            trusted_hosts=reading.hosts(base_url, env),
            proxies=reading.number("PROXIES", default=0, least=0, most=5),
            session_hours=reading.number("SESSION_HOURS", default=12, least=1, most=72),
            invitation_days=reading.number("INVITATION_DAYS", default=14, least=1, most=90),
            threads=reading.number("THREADS", default=8, least=1, most=64),
            var=var,
        )
        if reading.faults:
            raise ConfigurationError(tuple(reading.faults))
        return settings


def unknown_settings(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables of `environ` that have the prefix and are no setting: misspelt, most likely.

    They are no fault: some platforms put variables of their own into every process.
    """
    known = {PREFIX + name for name in SETTINGS} | {f"{PREFIX}{name}_FILE" for name in _SECRETS}
    tests = PREFIX + "TEST_"
    return tuple(sorted(n for n in environ if n.startswith(PREFIX) and n not in known and not n.startswith(tests)))


def weakness(secret_key: str) -> str | None:
    """Return what makes `secret_key` easy to guess; ``None`` if nothing is seen."""
    if len(secret_key.encode()) < SHORTEST_SECRET:
        return f"is shorter than {SHORTEST_SECRET} bytes"
    # Random text hardly shrinks; "changeme" written eight times does.
    if len(set(secret_key)) < 10 or len(zlib.compress(secret_key.encode(), 9)) < 30:  # noqa: PLR2004 -- hex has 16
        return "repeats itself"
    return None


class _Reading:
    """One reading of an environment, with the faults found so far."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        return self._environ.get(PREFIX + name, "").strip()

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        given = self.text(name) or default
        if given not in choices:
            self.faults.append(f"{PREFIX}{name} is {given!r}; it can be {' or '.join(choices)}.")
            return default
        return given

    def number(self, name: str, *, default: int, least: int, most: int) -> int:
        given = self.text(name) or str(default)
        if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
            self.faults.append(f"{PREFIX}{name} is {given!r}; it must be a number from {least} to {most}.")
            return default
        return int(given)

    def secret(self, name: str) -> str:
        """Return a setting that may stand in a file of its own, whose last line end does not count."""
        given, path = self.text(name), self.text(f"{name}_FILE")
        if given and path:
            self.faults.append(f"{PREFIX}{name} and {PREFIX}{name}_FILE are both set; set one of them.")
        if given or not path:
            return given
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            self.faults.append(f"{PREFIX}{name}_FILE cannot be read: {path}: {reason}.")
            return ""

    def secret_key(self, env: Environment, var: Path) -> str:
        already_at_fault = len(self.faults)
        given = self.secret("SECRET_KEY")
        if not given and len(self.faults) == already_at_fault:
            if env is Environment.LOCAL:
                return self._own_secret(var)
            self.faults.append(
                f"{PREFIX}SECRET_KEY is missing. Make one with"
                " `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'` and keep it."
            )
        elif given and env is Environment.PRODUCTION and (why := weakness(given)):
            self.faults.append(
                f"{PREFIX}SECRET_KEY {why}: whoever guesses it can sign in as anybody. Make a random one."
            )
        return given

    def _own_secret(self, var: Path) -> str:
        try:
            return kept_secret(var / "secret-key")
        except OSError as error:
            self.faults.append(f"{PREFIX}VAR is {str(var)!r}, where no secret key can be kept: {error.strerror}.")
            return ""

    def database_url(self, env: Environment, var: Path) -> str:
        already_at_fault = len(self.faults)
        given = self.secret("DATABASE_URL")
        if not given:
            if env is Environment.PRODUCTION and len(self.faults) == already_at_fault:
                self.faults.append(
                    f"{PREFIX}DATABASE_URL is missing; for example postgresql+psycopg://user:password@host/alternat."
                )
            return f"sqlite:///{var / 'alternat.sqlite'}"
        try:
            backend = make_url(given).get_backend_name()
        except sa.exc.ArgumentError:
            backend = "unreadable"
        if backend not in {"sqlite", "postgresql", "postgres"}:
            # The address itself may hold a password: it is not repeated.
            self.faults.append(f"{PREFIX}DATABASE_URL must begin with postgresql+psycopg:// or sqlite:///.")
        return given

    def address(self, name: str, env: Environment) -> str:
        given = self.text(name).rstrip("/")
        if not given:
            if env is Environment.PRODUCTION:
                self.faults.append(f"{PREFIX}{name} is missing: the address people use, such as https://example.org.")
            return LOCAL_ADDRESS
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            self.faults.append(f"{PREFIX}{name} is {given!r}; it must be scheme and host, such as https://example.org.")
        elif env is Environment.PRODUCTION and parts.scheme != "https":
            self.faults.append(f"{PREFIX}{name} is {given!r}; in production it must be https://.")
        return given

    def hosts(self, base_url: str, env: Environment) -> tuple[str, ...]:
        given = tuple(host.strip() for host in self.text("TRUSTED_HOSTS").split(",") if host.strip())
        for host in given:
            if "/" in host or "*" in host or " " in host:
                self.faults.append(
                    f"{PREFIX}TRUSTED_HOSTS has {host!r}; it lists host names without scheme, parted by commas."
                )
        if given:
            return given
        named = urlsplit(base_url).hostname or "localhost"
        near = ("localhost", "127.0.0.1", "[::1]") if env is Environment.LOCAL else ()
        return tuple(dict.fromkeys((named, *near)))


def kept_secret(path: Path) -> str:
    """Return the secret in the file `path`, made the first time, readable by its owner only.

    Two processes that start at once end up with the same one.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(48) + "\n")
            with contextlib.suppress(FileExistsError):  # somebody was quicker
                path.hardlink_to(draft)  # unlike a move, it overwrites nothing
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="utf-8").strip()
