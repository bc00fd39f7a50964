"""The configuration: what is read, what is refused, and that the page for operators says the same."""

import re
import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.config import SETTINGS, ConfigurationError, Environment, Settings, kept_secret, unknown_settings, weakness

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "WORKFLOW_ENV": "production",
    "WORKFLOW_SECRET_KEY": secrets.token_urlsafe(48),
    "WORKFLOW_DATABASE_URL": "postgresql+psycopg://alternat:opensesame@db.example.org/alternat",
    "WORKFLOW_BASE_URL": "https://alternat.example.org",
}


def faults(**changes: str | None) -> str:
    """What is wrong with a good production environment after `changes`."""
    changed = {f"WORKFLOW_{name}": value for name, value in changes.items()}
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment({n: v for n, v in (GOOD | changed).items() if v is not None})
    return "\n".join(caught.value.faults)


def test_a_good_environment_is_taken_as_it_is() -> None:
    settings = Settings.from_environment(
        GOOD
        | {
            "WORKFLOW_PROXIES": "2",
            "WORKFLOW_SESSION_HOURS": "4",
            "WORKFLOW_THREADS": "16",
            "WORKFLOW_TRUSTED_HOSTS": "a.example.org, b.example.org",
            "WORKFLOW_VAR": "/srv/alternat",
        }
    )

    assert settings.is_production
    assert settings.is_https
    assert settings.secret_key == GOOD["WORKFLOW_SECRET_KEY"]
    assert settings.database_url == GOOD["WORKFLOW_DATABASE_URL"]
    assert (settings.proxies, settings.session_hours, settings.threads) == (2, 4, 16)
    assert settings.trusted_hosts == ("a.example.org", "b.example.org")
    assert settings.var == Path("/srv/alternat")


def test_only_the_host_of_the_base_address_is_trusted_unless_others_are_named() -> None:
    assert Settings.from_environment(GOOD).trusted_hosts == ("alternat.example.org",)


def test_every_fault_is_reported_at_once() -> None:
    found = faults(SECRET_KEY=None, DATABASE_URL=None, BASE_URL=None, PROXIES="many").splitlines()

    assert len(found) == 4


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("fjord", id="short"),
        pytest.param("x" * 64, id="one character"),
        pytest.param("changeme" * 8, id="a word again and again"),
        pytest.param("0123456789" * 5, id="all digits in a row, again and again"),
        pytest.param("0123456789abcdef" * 4, id="all hexadecimal digits in a row, again and again"),
    ],
)
def test_a_key_that_can_be_guessed_is_refused_in_production(key: str) -> None:
    found = faults(SECRET_KEY=key)

    assert "WORKFLOW_SECRET_KEY" in found
    assert key not in found, "a fault must not tell the key"


@given(st.binary(min_size=24, max_size=64))
def test_whatever_is_random_and_long_enough_is_accepted(seed: bytes) -> None:
    made = secrets.token_hex(len(seed))  # the bytes drawn only choose the length: they may be all zero

    assert weakness(made) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ENV": "staging"}, "local or production"),
        ({"PROXIES": "-1"}, "from 0 to 5"),
        ({"SESSION_HOURS": "0"}, "from 1 to 72"),
        ({"THREADS": "1e3"}, "from 1 to 64"),
        ({"BASE_URL": "http://alternat.example.org"}, "https://"),
        ({"BASE_URL": "alternat.example.org"}, "scheme and host"),
        ({"BASE_URL": "https://alternat.example.org/path"}, "scheme and host"),
        ({"TRUSTED_HOSTS": "https://alternat.example.org"}, "host names without scheme"),
        ({"TRUSTED_HOSTS": "*"}, "host names without scheme"),
        ({"DATABASE_URL": "mysql://db"}, "postgresql+psycopg:// or sqlite:///"),
        ({"DATABASE_URL": "what is this"}, "postgresql+psycopg:// or sqlite:///"),
        ({"SECRET_KEY_FILE": "/nowhere"}, "both set"),
        ({"SECRET_KEY": None, "SECRET_KEY_FILE": "/nowhere/at/all"}, "cannot be read"),
    ],
)
def test_a_fault_names_the_setting_and_what_it_can_be(changes: dict[str, str | None], says: str) -> None:
    found = faults(**changes)

    assert says in found
    assert any(f"WORKFLOW_{name}" in found for name in changes)


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert "WORKFLOW_SECRET_KEY is missing" in faults(SECRET_KEY="  ")


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    key = secrets.token_urlsafe(48)
    (tmp_path / "key").write_text(key + "\n")
    environ = {n: v for n, v in GOOD.items() if n != "WORKFLOW_SECRET_KEY"}

    settings = Settings.from_environment(environ | {"WORKFLOW_SECRET_KEY_FILE": str(tmp_path / "key")})

    assert settings.secret_key == key


def test_a_secret_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")

    assert "it is not text" in faults(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))


def test_settings_do_not_print_their_secrets() -> None:
    printed = repr(Settings.from_environment(GOOD))

    assert GOOD["WORKFLOW_SECRET_KEY"] not in printed
    assert "opensesame" not in printed


def test_a_fault_in_the_database_address_does_not_tell_its_password() -> None:
    assert "opensesame" not in faults(DATABASE_URL="oracle://alternat:opensesame@db/alternat")


def test_a_local_installation_needs_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings.from_environment({})

    assert settings.env is Environment.LOCAL
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'alternat.sqlite'}"
    assert settings.trusted_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert weakness(settings.secret_key) is None


def test_a_local_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    environ = {"WORKFLOW_VAR": str(tmp_path / "var")}

    first, second = Settings.from_environment(environ), Settings.from_environment(environ)

    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_share_the_secret_they_make(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(kept_secret, [tmp_path / "secret-key"] * 32))

    assert len(made) == 1


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment({"WORKFLOW_VAR": str(tmp_path / "file" / "var")})

    assert "WORKFLOW_VAR" in str(caught.value)


def test_misspelt_settings_are_found() -> None:
    environ = {
        "WORKFLOW_SECRETKEY": "",
        "WORKFLOW_ENV": "",
        "WORKFLOW_SECRET_KEY_FILE": "",
        "WORKFLOW_TEST_POSTGRES": "",
    }

    assert unknown_settings(environ) == ("WORKFLOW_SECRETKEY",)


def test_the_page_for_operators_has_every_setting_and_no_other() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    named = {name.removesuffix("_FILE") for name in re.findall(r"WORKFLOW_([A-Z_]+)", page)}

    assert {name for name in named if not name.startswith("TEST_")} == set(SETTINGS)
