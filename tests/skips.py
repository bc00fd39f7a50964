"""What holds for every run of the tests: compiled catalogues, and no silence about what was not tested.

A test that lacks something (a browser, LibreOffice, a PostgreSQL server) is skipped by name with
its reason. Where everything is meant to be there (``CI=true``) such a skip is a failure, unless
its reason begins with one of `ALLOWED`.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from tools.catalogues import compile_catalogues

ALLOWED: Final = ("needs a network",)
"""How the reasons begin that hold on a complete machine too."""


def must_be_complete() -> bool:
    """Whether this run may not lack anything."""
    return os.environ.get("CI", "").lower() == "true"


def is_allowed(reason: str) -> bool:
    """Whether a test may be skipped for *reason* wherever it runs."""
    return reason.removeprefix("Skipped: ").startswith(ALLOWED)


def pytest_configure(config: pytest.Config) -> None:
    """The interface's catalogues compiled before any worker reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues(Path(__file__).resolve().parent.parent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report of a test, a skip turned into a failure where nothing may be missing."""
    report = yield
    _insist(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    _insist(report)
    return report


def _insist(report: pytest.TestReport | pytest.CollectReport) -> None:
    # An expected failure is reported as a skip too, and is none; its reason stands in `wasxfail`.
    if not must_be_complete() or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not is_allowed(reason):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be missing here (CI=true), and this was: {reason}"
