"""The server really serves, from a process of its own, and stops when told to."""

import signal
import socket
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import SECRET
from workflow import logs, migrating
from workflow.config import Settings
from workflow.serving import serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn is not there on Windows")

ROOT = Path(__file__).resolve().parent.parent
COMMAND = """
from workflow.config import Settings
from workflow.serving import serve
serve(Settings.from_environment(), host="127.0.0.1", port={port})
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a server of its own process answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "var").mkdir()
    migrating.upgrade(f"sqlite:///{tmp_path / 'var' / 'alternat.sqlite'}")
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(tmp_path), "WORKFLOW_VAR": str(tmp_path / "var")}
    server = subprocess.Popen([sys.executable, "-c", COMMAND.format(port=port)], cwd=tmp_path, env=environment)
    try:
        yield _answering(server, f"http://127.0.0.1:{port}")
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        assert {path.name for path in tmp_path.iterdir()} == {"var"}, "it leaves nothing about"
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()


def _answering(server: subprocess.Popen[bytes], address: str) -> str:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert server.poll() is None, "it gave up"
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=2).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.1)
        else:
            return address
    pytest.fail("it does not answer")


def test_it_serves_pages_and_files(address: str) -> None:
    for path, kind in (
        ("/sign-in", "text/html"),
        ("/readyz", "application/json"),
        ("/static/css/tokens.css", "text/css"),
    ):
        with urllib.request.urlopen(address + path, timeout=10) as answer:  # noqa: S310 -- our own address
            assert answer.status == 200
            assert answer.headers.get_content_type() == kind


def test_it_refuses_what_is_too_large(address: str) -> None:
    sent = urllib.request.Request(f"{address}/sign-in", data=b"x" * 2 * 1024 * 1024)  # noqa: S310 -- our own address

    with pytest.raises(OSError, match=r"413|Broken pipe|reset") as caught:
        urllib.request.urlopen(sent, timeout=10)  # noqa: S310 -- our own address

    if isinstance(caught.value, urllib.error.HTTPError):
        caught.value.close()


def test_where_there_is_no_fork_another_server_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    waitress = types.ModuleType("waitress")
    monkeypatch.setattr(waitress, "serve", lambda _application, **more: given.update(more), raising=False)
    monkeypatch.setitem(sys.modules, "waitress", waitress)
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(logs, "configure", lambda: None)

    serve(Settings(secret_key=SECRET, database_url="sqlite://", threads=3), host="127.0.0.1", port=1)

    assert (given["host"], given["port"], given["threads"]) == ("127.0.0.1", 1, 3)
