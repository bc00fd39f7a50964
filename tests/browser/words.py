"""The interface's own words in either language: what a test names in English is found on a page in Chinese."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from tests.browser.site import ROOT

_COMPILED: Final = ROOT / "workflow" / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.mo"
#: Where a sentence leaves room: ``%(number)s`` where the server fills it in, ``{time}`` where a script does.
_ROOM: Final = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_ANYTHING: Final = "\0"


def said(locale: str, msgid: str, **values: object) -> str:
    """Return what a page in `locale` says for `msgid`; of a singular and its plural, what `num` asks for.

    Raises:
        LookupError: If that is nothing a page says, or if it lacks a value.

    """
    return _ROOM.sub(lambda room: str(values[room[1] or room[2]]), _sentence(locale, msgid, values))


def pattern(locale: str, msgid: str, **values: object) -> re.Pattern[str]:
    """Return what finds the same on a page, whatever stands where no value is given."""
    sentence = _sentence(locale, msgid, values)
    filled = _ROOM.sub(lambda room: str(values.get(room[1] or room[2], _ANYTHING)), sentence)
    return re.compile(re.escape(filled).replace(_ANYTHING, ".+"))


def _sentence(locale: str, msgid: str, values: Mapping[str, object]) -> str:
    message = _catalogue().get(msgid)
    if message is None or not message.string:
        raise LookupError(f"no page says “{msgid}”")
    texts = message.id if locale == "en" else message.string
    if isinstance(texts, str):
        return texts
    return str(texts[0 if values["num"] == 1 else -1])


@cache
def _catalogue() -> Catalog:
    with _COMPILED.open("rb") as compiled:
        return read_mo(compiled)
