"""Reading everything a person can reach: every link followed, every form that only asks sent."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from urllib.parse import parse_qsl, urldefrag, urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

#: More pages than any of the worlds here has: beyond, something makes addresses without end.
MOST: Final = 2_000

#: The number and the moment of a request, and the cookie that carries nothing but the token of a session.
_OF_THE_REQUEST: Final = frozenset({"X-Request-ID", "Set-Cookie", "Date"})
_KEY: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
#: The token of a form, and the hash of what stands on the page: it covers keys, which differ anyway.
_TOKEN: Final = re.compile(r'(name="(?:csrf_token|seen)"[^>]*value=")[^"]+(")')


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body, where it is text."""
        return self.body.decode(errors="replace")

    @property
    def whole(self) -> bytes:
        """Head and body, to be searched."""
        return b"\n".join([*(f"{name}: {value}".encode() for name, value in self.headers), self.body])


def seen(response: TestResponse) -> Seen:
    """Return what came back with `response`, the number of the request apart."""
    headers = tuple((name, value) for name, value in response.headers if name not in _OF_THE_REQUEST)
    came = Seen(response.status_code, headers, response.get_data())
    response.close()  # a file of the program's own is open until then
    return came


#: Of pages that differ only in what their query says, so many are looked at where a few are enough.
A_FEW: Final = 2


def crawl(client: FlaskClient, *starts: str, queries: int = MOST, rows: int = MOST) -> dict[str, Seen]:
    """Return every page that leads on from `starts`, by its address, in the order in which a reader meets them.

    Args:
        client: Whose browser.
        starts: By default the first page.
        queries: How many pages of one sort are looked at whose addresses ask for something. Of one sort are those of
            one endpoint that ask by the same names.
        rows: How many pages of one endpoint are looked at that ask for nothing.

    """
    found: dict[str, Seen] = {}
    sorts: Counter[tuple[str, ...]] = Counter()
    waiting = deque(starts or ("/",))
    together: set[tuple[object, ...]] = set()
    while waiting:
        path = waiting.popleft()
        if path in found:
            continue
        parts = urlsplit(path)
        sort = (_KEY.sub("", parts.path), *sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
        sorts[sort] += 1
        if sorts[sort] > (queries if parts.query else rows):
            continue
        found[path] = seen(client.get(path, headers={"Referer": "http://localhost/"}))
        assert len(found) < MOST, f"no end to the pages: {path}"
        waiting.extend(one for one in links(path, found[path]) if one not in found and asks_anew(one, together))
    return found


def asks_anew(address: str, together: set[tuple[object, ...]]) -> bool:
    """Whether `address` asks for two things that no address before it asked for `together`, and note them.

    What a page lets one choose independently makes more addresses than anybody could open: each two choices
    are met together once.
    """
    parts = urlsplit(address)
    asked = sorted(parse_qsl(parts.query, keep_blank_values=True))
    if len(asked) < 3:
        return True
    new = {(parts.path, *pair) for pair in combinations(asked, 2)} - together
    together |= new
    return bool(new)


def links(path: str, page: Seen) -> Iterator[str]:
    """Yield where `page` leads: its links, what it loads, and its forms that only ask, as they stand."""
    location = dict(page.headers).get("Location")
    if location:
        yield from _own([location], path)
    if "text/html" not in dict(page.headers).get("Content-Type", ""):
        return
    tree = html.fromstring(page.text)
    loaded = (one.get("href") or one.get("src") for one in tree.iter("a", "link", "script", "img"))
    yield from _own(filter(None, loaded), path)
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "get":
            asked = "&".join(f"{name}={value}" for name, value in _filled(form))
            yield from _own([f"{form.get('action') or urlsplit(path).path}?{asked}"], path)


def posts(page: Seen) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield every form of `page` that does something, as it stands, with each of its buttons."""
    for form in forms(page):
        fields = _filled(form)
        pressed = [(str(one.get("name")), str(one.get("value", ""))) for one in form.iter("button") if one.get("name")]
        for action in actions(form):
            for sent in [[*fields, one] for one in pressed] or [fields]:
                yield action, sent


def forms(page: Seen) -> Iterator[html.HtmlElement]:
    """Yield every form of `page` that does something."""
    if "text/html" in dict(page.headers).get("Content-Type", ""):
        yield from (
            one for one in html.fromstring(page.text).iter("form") if one.get("method", "get").lower() == "post"
        )


def actions(form: html.HtmlElement) -> list[str]:
    """Return where `form` can be sent: as it says itself, and as its buttons say."""
    said = (str(form.get("action")), *(one.get("formaction") for one in form.iter("button")))
    return list(dict.fromkeys(urldefrag(one).url for one in said if one))


def _filled(form: html.HtmlElement) -> list[tuple[str, str]]:
    """Return what a browser would send for `form` as it stands."""
    return [(str(name), str(value)) for name, value in form.form_values()]


def _own(addresses: Iterable[str], page: str) -> Iterator[str]:
    for address in addresses:
        parts = urlsplit(address)
        if parts.netloc in {"", "localhost"} and parts.scheme in {"", "http"}:
            path = parts.path or urlsplit(page).path
            yield f"{path}?{parts.query}" if parts.query else path


def alike(pages: dict[str, Seen]) -> dict[str, tuple[int, tuple[tuple[str, str], ...], bytes]]:
    """Return `pages` with keys named by the order in which they occur, and without the tokens of forms."""
    order: dict[str, str] = {}

    def plain(text: str) -> str:
        text = _TOKEN.sub(r"\1\2", text)
        return _KEY.sub(lambda found: order.setdefault(found[0], f"#{len(order)}"), text)

    return {
        plain(path): (page.status, tuple((n, plain(v)) for n, v in page.headers if n != "Content-Length"),
                      plain(page.body.decode("latin-1")).encode("latin-1"))
        for path, page in pages.items()
    }  # fmt: skip
