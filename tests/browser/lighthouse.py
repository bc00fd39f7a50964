"""Lighthouse's judgement of the pages people work on, signed in: ``make lighthouse`` prints it.

It ends with a status other than zero where a mark is below what was asked for. Search
engines are not asked: the pages are private.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from tests.browser.site import browser, demonstration, flags
from tests.browser.visitors import Visitor

LEAST: Final = 95
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
#: How the browser behaves: a telephone of the middle range on a slow line, and a desk.
MANNERS: Final = {"telephone": [], "desktop": ["--preset=desktop"]}
#: How long a page may take to come before anything is measured.
PATIENCE_MS: Final = 120_000
#: How often Lighthouse is asked before it is given up: now and then it misses the beginning of what is recorded.
TRIES: Final = 3
_SHOWN: Final = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def main(lighthouse: str, address: str | None = None) -> None:
    """Print a line for each page, and what cost marks; of the demonstration at `address`, if one is served already."""
    path = browser()
    if path is None:
        sys.exit("There is no Chromium here. Nothing was measured.")
    below = False
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as served:
        address = address or served.enter_context(demonstration(Path(scratch)))
        cookie, pages = _signed_in(path, address)
        for name, page in pages.items():
            for manner, options in MANNERS.items():
                report = _report([lighthouse, address + page, *options], path, cookie)
                marks = {key: round(100 * (report["categories"][key]["score"] or 0)) for key in CATEGORIES}
                shown = [report["audits"][one]["displayValue"] for one in _SHOWN]
                sys.stdout.write(f"{name:<10} {manner:<10} {'  '.join(f'{key} {mark}' for key, mark in marks.items())}")
                sys.stdout.write(f"  ({', '.join(shown)})\n")
                for fault in _faults(report):
                    sys.stdout.write(f"           {fault}\n")
                below = below or min(marks.values()) < LEAST
    sys.exit(1 if below else 0)


def _signed_in(path: str, address: str) -> tuple[str, dict[str, str]]:
    """Return the cookie of a drafter's session, and the paths of the pages."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags())
        drafter = Visitor(started, address)
        drafter.context.set_default_timeout(PATIENCE_MS)
        drafter.signs_in("us.drafter")
        drafter.follows("Agreements")
        with drafter.page.expect_navigation():
            drafter.page.locator("main a", has_text="exercise").first.click()
        agreement = drafter.path
        paragraph = drafter.page.locator("a[href*='/paragraphs/']", has_text="amendment").first.get_attribute("href")
        cookies = [one for one in drafter.context.cookies() if one["name"].endswith("alternat")]
        started.close()
    pages = {"desk": "/", "agreement": agreement, "paragraph": str(paragraph).partition("#")[0]}
    return "; ".join(f"{one['name']}={one['value']}" for one in cookies), pages


def _report(command: list[str], path: str, cookie: str) -> dict[str, Any]:
    asked = [
        *command,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless=new', *flags()])}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]
    said = ""
    for _ in range(TRIES):
        done = subprocess.run(
            asked, env=os.environ | {"CHROME_PATH": path}, capture_output=True, check=False, text=True
        )
        if not done.returncode:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
        said = done.stderr
    sys.exit(f"Lighthouse gave up, {TRIES} times:\n{said}")


def _faults(report: dict[str, Any]) -> list[str]:
    """Return what cost marks, the dearest first."""
    audits = report["audits"]
    weighed = [one for key in CATEGORIES for one in report["categories"][key]["auditRefs"] if one["weight"]]
    lost = [
        (one["weight"] * (1 - score), audits[one["id"]]["title"], audits[one["id"]].get("displayValue", ""))
        for one in weighed
        if (score := audits[one["id"]]["score"]) is not None and score < 0.9
    ]
    return [f"{title} {value}".rstrip() for _, title, value in sorted(lost, reverse=True)]


if __name__ == "__main__":
    main(*sys.argv[1:])
