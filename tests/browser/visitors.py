"""Somebody in front of a real browser, and everything the browser complained of."""

import re
from typing import Final, Literal, Self

from lxml import html
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Response

from tests.browser.words import pattern, said
from workflow.services.demonstration import PASSWORD

#: The console says it too, but the event names the rule that was broken.
_REPORT: Final = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""
#: What a browser that was bought there asks for, whatever its owner has chosen here.
_BROWSERS: Final = {"en": "en-US", "zh_Hans": "zh-CN"}
_OWN_NAMES: Final = {"en": "English", "zh_Hans": "中文"}
#: Whatever a control is folded away in and can be unfolded by now, from the outside in.
_FOLDED: Final = "xpath=ancestor::details[not(@open)]/summary"
#: What sticks out of the page sideways, unless it stands in something that scrolls by itself.
_STICKS_OUT: Final = """
() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (at !== document.body && getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility();
  };
  const out = [...document.body.querySelectorAll("*")].filter(
    (element) => isSeen(element) && element.getBoundingClientRect().right > width + 1 && !scrolls(element));
  const named = out.map((element) => `${element.localName}.${element.className}`);
  const by = document.documentElement.scrollWidth - width;
  return by > 0 ? [`the page, by ${by}`, ...named] : named;
}
"""


def address_of(who: str) -> str:
    """Return what `who` signs in with: a member of the demonstration's cast by its key, anybody else by the address."""
    return who if "@" in who else f"{who}@demo.example"


class Visitor:
    """A person with a browser window. Whatever they use, they find by what it says.

    A test names it by its msgid, in English; the visitor looks for what the pages say in their language.
    """

    def __init__(
        self, browser: Browser, address: str, *, scripts: bool = True, locale: str = "en", width: int = 1360
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            java_script_enabled=scripts,
            locale=_BROWSERS[locale],
            viewport={"width": width, "height": 900},
        )
        self.context.set_default_timeout(30_000)
        self.context.add_cookies([{"name": "locale", "value": locale, "url": address}])
        self.locale = locale
        self.width: Final = width
        self.context.add_init_script(_REPORT)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._receives)
        self.page.on("dialog", self._is_asked)

    def signs_in(self, who: str) -> Self:
        """Sign in through the page, as the member of the demonstration's cast whose key is `who`, or by an address."""
        self.opens("/sign-in")
        self.page.locator("input[name=email]").fill(address_of(who))
        self.page.locator("input[name=password]").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form button").click()
        assert self.path == "/", self.text
        return self.speaks(self.locale)

    def speaks(self, locale: str) -> Self:
        """Choose the language of the pages: the account keeps what whoever used it before had chosen."""
        if self.page.locator("html").get_attribute("lang") != locale.replace("_", "-"):
            with self.page.expect_navigation():
                self.page.get_by_role("button", name=_OWN_NAMES[locale], exact=True).click()
        self.locale = locale
        return self

    def says(self, msgid: str, **values: object) -> str:
        """Return what the pages say for `msgid` in the language of this visitor."""
        return said(self.locale, msgid, **values)

    def saying(self, msgid: str, **values: object) -> re.Pattern[str]:
        """Return what finds the same where not every value is known: what is not given may be anything."""
        return pattern(self.locale, msgid, **values)

    def opens(self, path: str) -> Self:
        """Go to `path`."""
        self.page.goto(path)
        return self

    def links(self) -> list[str]:
        """Return where on this site the links of the page lead to."""
        links = self.page.locator("main a[href^='/']")
        return list(map(str, links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")))

    def reads(self, path: str) -> list[str]:
        """Return the same of the page at `path`, without showing it in the window."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{answer.status} at {path}"
        links = html.fromstring(answer.text()).iterfind(".//main//a[@href]")
        return [href for one in links if (href := one.get("href", "")).startswith("/")]

    def follows(self, label: str, **values: object) -> Self:
        """Click the link that says `label` and nothing else, unfolding what it is folded away in."""
        link = self._comes_to("link", label, **values)
        with self.page.expect_navigation():
            link.first.click()
        return self

    def unfolds(self, label: str, **values: object) -> Self:
        """Open what is folded under `label`."""
        words = re.escape(self.says(label, **values))
        self.page.locator("summary", has_text=re.compile(rf"^\s*{words}\s*$")).click()
        return self

    def writes(self, **fields: str) -> Self:
        """Type into the fields of these names, or choose in them."""
        for name, value in fields.items():
            self._field(name).fill(value)
        return self

    def chooses(self, **fields: str) -> Self:
        """Choose these values in the lists of these names."""
        for name, value in fields.items():
            self.page.locator(f"select[name={name}]:visible").select_option(value)
        return self

    def presses(self, label: str, **values: object) -> Self:
        """Press the button that says `label` and nothing else, and wait for the page it leads to.

        What is asked first is answered with the same button: it is unfolded.
        """
        button = self._comes_to("button", label, **values)
        with self.page.expect_navigation():
            button.click()
        return self

    def button(self, label: str, **values: object) -> Locator:
        """Return the button that says `label` and nothing else."""
        return self.page.get_by_role("button", name=self.says(label, **values), exact=True)

    def link(self, label: str, **values: object) -> Locator:
        """Return the links that say `label` and nothing else."""
        return self.page.get_by_role("link", name=self.says(label, **values), exact=True)

    def unfolded(self, hidden: Locator) -> Self:
        """Open whatever `hidden` is folded away in, if it is, as a person does to get at it."""
        folded = hidden.locator(_FOLDED).filter(visible=True)
        while not hidden.is_visible() and folded.count():
            folded.first.click()
        return self

    @property
    def text(self) -> str:
        """Everything the page says."""
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        """Where on the site the page is."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def unfolds_everything(self) -> Self:
        """Open whatever is folded."""
        self.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        return self

    def sticks_out(self, width: int | None = None) -> list[str]:
        """Return what does not fit into a window of `width`, or into this visitor's own."""
        self.page.set_viewport_size({"width": width or self.width, "height": 900})
        found: list[str] = self.page.evaluate(_STICKS_OUT)
        return found

    def leaves(self) -> None:
        """Close the window.

        Raises:
            AssertionError: If the browser complained of anything meanwhile.

        """
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def _comes_to(self, role: Literal["button", "link"], label: str, **values: object) -> Locator:
        """Return what says `label`, unfolded if nothing that says so is in sight."""
        words = self.says(label, **values)
        found = self.page.get_by_role(role, name=words, exact=True)
        if not found.count():
            for one in self.page.get_by_role(role, name=words, exact=True, include_hidden=True).all()[:1]:
                self.unfolded(one)
        return found

    def _field(self, name: str) -> Locator:
        return self.page.locator(f":is(input, textarea)[name={name}]:visible")

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type} at {self.path}: {message.text}")

    def _receives(self, response: Response) -> None:
        # What a page asks for has to be there, pictures and styles included.
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")

    def _is_asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"asked at {self.path}: {dialog.type} {dialog.message}")
        dialog.accept()
