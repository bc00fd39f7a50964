"""Every kind of page, in both languages, on any screen, by day and by night, whoever reads."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.browser.axe import found_by_axe
from tests.browser.conftest import Visit
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

#: 640 is what a window of 1280 has left when everything is shown twice as large; 320 is the least there may be.
#: The widest comes last: axe looks at that one.
WIDTHS = (320, 390, 640, 820, 1360)
#: Whoever else reads pages of their own, after the drafter who reads one of every kind.
OTHERS = ("us.head", "secretariat", "cn.translator", "observer")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Shows every component with what nobody wrote: its links lead to nothing there is.
MADE_UP = "/style"
#: How many pages of a kind are looked at: paragraphs stand in many ways, agreements are recorded or open.
ENOUGH = {"/paragraphs/*": 7, "/agreements/*": 3}


def kind_of(path: str) -> str:
    """Return what kind of page stands at `path`."""
    return KEY.sub("*", path)


def visited(visitor: Visitor, shown: Counter[str] | None = None) -> Iterator[str]:
    """Lead `visitor` to pages of every kind that links lead to, and say where they are.

    Where enough pages of a kind are counted in `shown`, no more of them are stopped at: they are read for their links,
    in no window. Those that only ask for another view are not even read, since what they lead to the view they ask of
    leads to, too.
    """
    shown = Counter() if shown is None else shown
    queue = ["/", "/agreements", "/agenda", "/password", MADE_UP]
    known = Counter(map(kind_of, queue))
    for path in queue:
        is_wanted = shown[kind_of(path)] < ENOUGH.get(kind_of(path), 1)
        links = visitor.opens(path).links() if is_wanted else visitor.reads(path)
        for link in () if path == MADE_UP else links:
            target = link.partition("#")[0]
            kind = kind_of(target)
            if "?" in target and ("?" in path or shown[kind] >= ENOUGH.get(kind, 1)):
                continue  # one choice after another, in every order
            if target not in queue and known[kind] < ENOUGH.get(kind, 1):
                known[kind] += 1
                queue.append(target)
        if is_wanted:
            shown[kind_of(path)] += 1
            yield path


@pytest.mark.own_screen("it measures every page at more widths, in one language after the other")
@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_every_kind_of_page_fits_its_window_and_axe_finds_nothing_on_it(visit: Visit, locale: str) -> None:
    kinds: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    readers = {who: visit(who, locale=locale) for who in ("us.drafter", *OTHERS)}
    for who, visitor in readers.items():
        for path in visited(visitor, kinds):
            visitor.unfolds_everything()
            assert visitor.page.locator("html").get_attribute("lang") == locale.replace("_", "-")
            wide = [f"at {width}: {one}" for width in WIDTHS for one in visitor.sticks_out(width)]
            if found := [*wide, *found_by_axe(visitor.page)]:
                wrong[f"{who} at {path}"] = found
        del kinds["/"]  # a desk is each reader's own

    assert wrong == {}
    assert set(kinds) >= {"/drafts/*", "/paragraphs/*/drafts/new", "/agreements/*/closing", "/agreements/*/documents"}
    assert len(kinds) > 30
    assert readers["us.drafter"].sticks_out(80), "nothing fits into so little: whoever measures this, measures"


def test_where_the_reader_chose_all_colours_one_still_sees_where_one_is(visit: Visit) -> None:
    drafter = visit("us.drafter").opens("/agreements")
    drafter.page.emulate_media(forced_colors="active")
    edge = "(one) => getComputedStyle(one).borderBottomColor"
    here, elsewhere = (
        {link.evaluate(edge) for link in drafter.page.locator(f"nav a{which}").all()}
        for which in ("[aria-current]", ":not([aria-current])")
    )

    assert here
    assert elsewhere
    assert here.isdisjoint(elsewhere)


def test_nothing_moves_where_the_reader_wants_nothing_to(visit: Visit) -> None:
    page = visit().opens("/style").page
    moves = """() => [...document.querySelectorAll("*")].map((one) => getComputedStyle(one)).filter(
      (style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== "none").length"""

    assert page.evaluate(moves) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moves) == 0


@pytest.mark.own_screen("it measures at more widths, in one language after the other")
@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_stranger_reads_the_sign_in_on_any_screen(visit: Visit, locale: str) -> None:
    stranger = visit(locale=locale).opens("/")

    assert stranger.path.startswith("/sign-in")
    assert [stranger.sticks_out(width) for width in WIDTHS] == [[]] * len(WIDTHS)
