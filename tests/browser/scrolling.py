"""Scrolling through a long agreement in a real browser: ``make scrolling`` prints how long its frames took.

A frame is what the browser shows between two looks of a script that asks for each. On a
screen that shows sixty a second a frame takes 17 ms; one of more than 50 ms is seen as a
stutter. It ends with a status other than zero where one frame of twenty is.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.browser.site import browser, demonstration, flags
from tests.browser.visitors import Visitor
from tests.long_texts import a_long_text
from workflow import passwords
from workflow.db import make_engine, writing
from workflow.services.demonstration import PASSWORD

PARAGRAPHS: Final = 300
#: Width and height of the window: a desk and a telephone.
WINDOWS: Final = ((1360, 900), (390, 844))
#: Pixels a second: as fast as one leafs through a text to find a place.
SPEED: Final = 3_000
DISTANCE: Final = 24_000
#: Milliseconds after which a frame comes late enough to be seen.
LATE: Final = 50
_WATCH: Final = """
() => {
  window.frames_taken = [];
  let before = performance.now();
  const look = (now) => {
    window.frames_taken.push(now - before);
    before = now;
    window.watching = requestAnimationFrame(look);
  };
  window.watching = requestAnimationFrame((now) => { before = now; look(now); });
}
"""


def main() -> None:
    """Print a line for each window."""
    path = browser()
    if path is None:
        sys.exit("There is no Chromium here. Nothing was measured.")
    stutters = False
    with tempfile.TemporaryDirectory() as scratch, demonstration(Path(scratch)) as address:
        email, agreement = _long_text(Path(scratch))
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=path, args=flags())
            reader = Visitor(started, address).signs_in(email)
            for width, height in WINDOWS:
                reader.page.set_viewport_size({"width": width, "height": height})
                reader.opens(agreement)
                frames = _scrolled(reader.page, width // 2)
                late = sum(one > LATE for one in frames)
                sys.stdout.write(
                    f"{width} px wide, {PARAGRAPHS} paragraphs: {len(frames)} frames, half of them within "
                    f"{median(frames):.0f} ms, nineteen of twenty within {quantiles(frames, n=20)[-1]:.0f} ms, "
                    f"the longest {max(frames):.0f} ms, {late} over {LATE} ms\n"
                )
                stutters = stutters or late > len(frames) / 20
            started.close()
    sys.exit(1 if stutters else 0)


def _long_text(folder: Path) -> tuple[str, str]:
    """Put a long text into the database of the demonstration in `folder`; return who reads it, and where it stands."""
    engine = make_engine(f"sqlite:///{folder / 'var' / 'alternat.sqlite'}")
    with writing(engine) as session:
        made = a_long_text(session, paragraphs=PARAGRAPHS, comments=200)
        reader = made.cast.us_drafter.account
        reader.password = passwords.hashed(PASSWORD)
        found = reader.email, f"/agreements/{made.agreement.id}"
    engine.dispose()
    return found


def _scrolled(page: Page, middle: int) -> list[float]:
    """Scroll down and back, as a finger or a wheel does; return how long each frame took, in milliseconds.

    What scrolls is what lies under `middle`: the text, not the outline beside it.
    """
    page.wait_for_load_state("load")
    page.evaluate(_WATCH)
    devtools = page.context.new_cdp_session(page)
    for distance, reached in ((-DISTANCE, DISTANCE), (DISTANCE, 0)):
        devtools.send(
            "Input.synthesizeScrollGesture",
            {"x": middle, "y": 400, "yDistance": distance, "speed": SPEED, "preventFling": True},
        )
        if abs((at := page.evaluate("() => scrollY")) - reached) > 1:
            sys.exit(f"The page scrolled to {at} instead of {reached}: nothing was measured.")
    frames: list[float] = page.evaluate("() => { cancelAnimationFrame(window.watching); return window.frames_taken; }")
    return frames


if __name__ == "__main__":
    main()
