"""The demonstration, served for real from a process of its own on a port of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 180
"""Seconds after which a server that does not answer never will."""
_WORKFLOW: Final = (sys.executable, "-m", "workflow")


def browser() -> str | None:
    """Return the path of this machine's Chromium; ``None`` if it has none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def flags() -> list[str]:
    """Return what Chromium has to be told on this machine: it keeps root out of its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """Load the demonstration into `folder`, serve it, and give the address where it answers."""
    load(folder)
    with served(folder) as address:
        yield address


def load(folder: Path) -> None:
    """Load the demonstration into `folder`."""
    done = subprocess.run(
        [*_WORKFLOW, "demo"],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve what was loaded into `folder`, and give the address where it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*_WORKFLOW, "serve", "--port", str(port)], cwd=folder, env=_environment(folder), stdout=log, stderr=log
        )
        try:
            yield _answering(server, f"http://localhost:{port}", folder / "log")
        finally:
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _environment(folder: Path) -> Mapping[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WORKFLOW_")}
    return environment | {"PYTHONPATH": str(ROOT), "WORKFLOW_VAR": str(folder / "var")}


def _answering(server: subprocess.Popen[bytes], address: str, log: Path) -> str:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=2).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"it does not answer:\n{log.read_text(errors='replace')}")
