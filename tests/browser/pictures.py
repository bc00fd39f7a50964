"""The README's pictures, taken of a freshly loaded demonstration: ``make pictures`` puts them into docs/pictures/."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tests.browser.palette import with_few_colours
from tests.browser.site import ROOT, browser, demonstration, flags
from tests.browser.visitors import Visitor

FOLDER: Final = ROOT / "docs" / "pictures"
WIDTH: Final = 1200
LARGEST: Final = 150_000
"""Bytes: what a repository carries for each picture, at most."""


def main() -> None:
    """Take every picture anew."""
    path = browser()
    if path is None or not all(map(shutil.which, ("soffice", "pdftoppm"))):
        sys.exit("Pictures need Chromium, LibreOffice Writer and pdftoppm.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, demonstration(Path(scratch)) as address:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=path, args=flags())
            _pages(started, address)
            started.close()
        _documents(Path(scratch))
    for picture in sorted(FOLDER.glob("*.png")):
        picture.write_bytes(with_few_colours(picture.read_bytes()))
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.relative_to(ROOT)}  {size // 1000} kB\n")
        if size > LARGEST:
            sys.exit(f"{picture.name} is too large for a repository.")


def _pages(started: Browser, address: str) -> None:
    drafter = Visitor(started, address).signs_in("us.drafter")
    _take(drafter, "desk", 1000)
    draft = drafter.page.locator(".tasks a[href^='/drafts/']").first.get_attribute("href")
    drafter.follows("Agreements")
    with drafter.page.expect_navigation():
        drafter.page.locator("main a", has_text="exercise").first.click()
    agreement = drafter.path
    _take(drafter, "agreement", 1150)
    with drafter.page.expect_navigation():
        drafter.page.locator("a:has-text('2 amendments')").first.click()
    paragraph = drafter.path.partition("#")[0]
    for name, path, height in (
        ("changes", f"{agreement}?mode=changes&since=1", 1100),
        ("paragraph", paragraph, 1250),
        ("draft", str(draft), 1250),
        ("documents", f"{agreement}/documents", 1000),
        ("discussion", f"{agreement}/discussion", 1000),
    ):
        _take(drafter.opens(path), name, height)
    drafter.follows("Agenda")
    with drafter.page.expect_navigation():
        drafter.page.locator("main ul a").first.click()
    _take(drafter, "agenda", 1000)
    drafter.leaves()
    head = Visitor(started, address).signs_in("us.head")
    _take(head.opens(f"{agreement}/confirmation"), "confirmation", 1000)
    _take(head.opens(f"{agreement}/closing"), "closing", 1150)
    head.leaves()
    chinese = Visitor(started, address, locale="zh_Hans").signs_in("cn.head")
    _take(chinese, "desk-zh", 1000)
    _take(chinese.opens(paragraph), "paragraph-zh", 1250)
    chinese.page.set_viewport_size({"width": 390, "height": 844})
    chinese.opens(agreement)
    chinese.page.screenshot(path=FOLDER / "telephone.png")
    chinese.leaves()


def _take(visitor: Visitor, name: str, height: int) -> None:
    visitor.page.set_viewport_size({"width": WIDTH, "height": height})
    visitor.page.evaluate("() => document.fonts.ready")
    visitor.page.screenshot(path=FOLDER / f"{name}.png")


#: Pages of documents that are kept, by the name of the picture: what `workflow export` is asked for, and which page.
DOCUMENTS: Final = {
    "document": ("december-2019 --layout two-column", 1),
    "document-negotiating": ("exercise --document negotiating", 1),
    "document-redline": ("exercise --document redline --since 1", 2),
    "document-working-table": ("exercise --document working-table", 1),
    "document-certificate": ("exercise --document certificate", 1),
    "document-gbt9704": ("exercise --layout zh --edition CN --profile gbt9704", 1),
}


def _documents(folder: Path) -> None:
    """Take pages of documents of the demonstration, as LibreOffice sets them."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORKFLOW_VAR": str(folder / "var")}

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=180)

    for name, (asked, _) in DOCUMENTS.items():
        run(sys.executable, "-m", "workflow", "export", *asked.split(), "-o", str(folder / f"{name}.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = [str(folder / f"{name}.docx") for name in DOCUMENTS]
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *made)
    for name, (_, page) in DOCUMENTS.items():
        colours = [] if name == "document-redline" else ["-gray"]
        which = ("-singlefile", "-f", str(page), "-r", "110")
        run("pdftoppm", "-png", *colours, *which, str(folder / f"{name}.pdf"), str(FOLDER / name))


if __name__ == "__main__":
    main()
