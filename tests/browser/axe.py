"""axe-core, run in the page a visitor has open: what it would hold against the page."""

from functools import cache
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

#: WCAG 2.2, levels A and AA, and what axe calls good practice.
_TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: The rules whose answer hangs on the colours; the others say the same by day and by night.
_OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
#: The content policy lets axe load no stylesheet anew, and none of ours turns the page.
_WITHOUT: Final = {"css-orientation-lock": {"enabled": False}}

_RUN: Final = """
async (options) => {
  const found = await axe.run(document, options);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => {
    const why = [...node.any, ...node.all, ...node.none].map((one) => one.message);
    return [rule.id, node.target.join(" "), ...why].join(": ");
  }));
}
"""


def found_by_axe(page: Page) -> list[str]:
    """Return what axe holds against `page` by day, and by night what it holds against its colours."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(_source())
    by_day = _run(page, runOnly={"type": "tag", "values": _TAGS}, rules=_WITHOUT)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    by_night = _run(page, runOnly={"type": "rule", "values": _OF_COLOURS})
    page.emulate_media(color_scheme="light")
    return [*by_day, *(f"by night: {one}" for one in by_night)]


def _run(page: Page, **options: Any) -> list[str]:
    found: list[str] = page.evaluate(_RUN, {"preload": False, "resultTypes": ["violations"]} | options)
    return found


@cache
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
