"""The people of the tests: what they see of a page, and what they can do with it."""

from collections import Counter
from typing import Self

from flask.testing import FlaskClient
from lxml import etree, html
from werkzeug.test import TestResponse

ORIGIN = "http://localhost"


class Participant:
    """A person and the page in front of them.

    Buttons are found by what they say and forms are sent with every field the page put in
    them, so a journey breaks if a button, a token or a hidden field goes missing from the
    page, as it would for a person. Every page anybody opens in any test is also held to
    `check_page`.
    """

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._page: html.HtmlElement = html.fromstring("<html/>")
        self.status = 0
        self.path = ""
        self.headers: dict[str, str] = {}
        self.body = b""

    def opens(self, path: str, **headers: str) -> Self:
        """Visit `path`."""
        return self._sees(self.client.get(path, follow_redirects=True, headers=headers))

    def follows(self, label: str) -> Self:
        """Click the first link that says `label`."""
        link = next((a for a in self._page.iter("a") if _text(a) == label), None)
        assert link is not None, f"no link {label!r} on: {self.text}"
        return self.opens(str(link.get("href")))

    def presses(self, label: str, **fields: str) -> Self:
        """Fill in `fields` and press the first button that says `label`."""
        return self.presses_one(label, 0, **fields)

    def presses_one(self, label: str, nth: int, /, **fields: str) -> Self:
        """Fill in `fields` and press the button that says `label`, counted from 0 where several do."""
        button = self._button(label, nth)
        assert button is not None, f"no button {label!r} on: {self.text}"
        assert "disabled" not in button.attrib, f"{label!r} is disabled on: {self.text}"
        named = button.get("form")
        form = self._page.get_element_by_id(named) if named else next(button.iterancestors("form"))
        names = {field.get("name") for field in form.iter("input", "textarea", "select")}
        assert fields.keys() <= names, (
            f"the form has no {sorted(fields.keys() - names)}, only {sorted(filter(None, names))}"
        )
        sent = [(name, value) for name, value in _values(form) if name not in fields] + list(fields.items())
        if button.get("name"):
            sent.append((str(button.get("name")), str(button.get("value", ""))))
        action = (button.get("formaction") or form.get("action") or self.path).partition("#")[0]
        return self.sends(str(action), sent, method=str(form.get("method", "get")))

    def sends(self, action: str, fields: list[tuple[str, str]], *, method: str = "post") -> Self:
        """Send `fields` to `action` as a browser does: text areas with CR LF, from the page at hand."""
        sent = {name: [value.replace("\n", "\r\n") for n, value in fields if n == name] for name, _ in fields}
        headers = {"Referer": ORIGIN + self.path}
        if method == "get":
            return self._sees(self.client.get(action, query_string=sent, follow_redirects=True, headers=headers))
        headers["Origin"] = ORIGIN
        return self._sees(self.client.post(action, data=sent, follow_redirects=True, headers=headers))

    def downloads(self, path: str) -> bytes:
        """Return the file at `path`."""
        response = self.client.get(path)
        assert response.status_code == 200, response.status
        return response.get_data()

    def can_press(self, label: str) -> bool:
        """Whether the page offers a live button that says `label`."""
        button = self._button(label)
        return button is not None and "disabled" not in button.attrib

    def sees_button(self, label: str) -> bool:
        """Whether the page has a button that says `label`, live or not."""
        return self._button(label) is not None

    def typed(self, name: str) -> str:
        """Return what stands in the first field called `name`, exactly."""
        field = next(f for f in self._page.iter("input", "textarea") if f.get("name") == name)
        return _written(field)

    @property
    def text(self) -> str:
        """Everything the page says, white space collapsed."""
        return _text(self._page)

    @property
    def page(self) -> html.HtmlElement:
        """The page, to be searched."""
        return self._page

    @property
    def title(self) -> str:
        """What the page's one heading says."""
        return _text(next(iter(self._page.iter("h1"))))

    def _sees(self, response: TestResponse) -> Self:
        self.status, self.headers, self.body = response.status_code, dict(response.headers), response.get_data()
        if response.mimetype == "text/html":
            self._page = html.fromstring(response.text)
            self.path = response.request.full_path.rstrip("?") if response.request.method == "GET" else self.path
            check_page(self._page, self.headers)
        return self

    def _button(self, label: str, nth: int = 0) -> html.HtmlElement | None:
        found = [button for button in self._page.iter("button") if _text(button) == label]
        return found[nth] if nth < len(found) else None


def check_page(page: html.HtmlElement, headers: dict[str, str]) -> None:
    """What is true of every page of ours, whatever the test is about."""
    assert len(list(page.iter("h1"))) == 1, "one heading says what the page is"
    assert page.get("lang") in {"en", "zh-Hans"}, "the page names its language"
    assert _text(next(iter(page.iter("title")))), "the page has a title"
    ids = Counter(element.get("id") for element in page.iter(etree.Element) if element.get("id"))
    assert max(ids.values(), default=1) == 1, f"ids are unique: {ids.most_common(1)}"
    for form in page.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        is_get = form.get("method", "get").lower() == "get"
        assert is_get or "csrf_token" in names, f"a form without its token: {form.get('action')}"
    for field in page.iter("input", "select", "textarea"):
        assert field.get("type") in {"hidden", "submit"} or _has_label(page, field), f"no label: {field.get('name')}"
    for link in page.iter("a"):
        target = link.get("href", "")
        assert not target.startswith("#") or target[1:] in ids, f"leads nowhere: {target}"
    for element in page.iter(etree.Element):
        inline = [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118 -- lxml
        assert not inline, f"inline {inline[0]} on {element.tag}: the browser would refuse it"
        told = f"{element.get('aria-describedby', '')} {element.get('aria-labelledby', '')}".split()
        assert not [one for one in told if one not in ids], f"described by what is not there: {told}"
    assert not [s for s in page.iter("script") if not s.get("src")], "inline script: the browser would refuse it"
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store", "nobody keeps a page"


def _has_label(page: html.HtmlElement, field: html.HtmlElement) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby"):
        return True
    labels = (label for label in page.iter("label") if label.get("for") == field.get("id"))
    return any(True for _ in labels) or any(True for _ in field.iterancestors("label"))


def _values(form: html.HtmlElement) -> list[tuple[str, str]]:
    """Return what a browser would send for `form` as it stands."""
    sent: list[tuple[str, str]] = []
    for field in form.iter("input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or "disabled" in field.attrib or kind in {"submit", "button", "image", "file"}:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in field.attrib:
                sent.append((name, field.get("value", "on")))
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [o for o in options if "selected" in o.attrib] or (
                [] if "multiple" in field.attrib else options[:1]
            )
            sent.extend((name, o.get("value", _text(o))) for o in chosen)
        else:
            sent.append((name, _written(field)))
    return sent


def _written(field: html.HtmlElement) -> str:
    if field.tag != "textarea":
        return str(field.get("value", ""))
    # A browser drops the one line end that may follow the tag.
    written = (field.text or "").replace("\r\n", "\n")
    return written.removeprefix("\n")


def _text(element: html.HtmlElement) -> str:
    return " ".join(str(element.xpath("string()")).split())
