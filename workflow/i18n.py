"""The interface's languages. Never the agreement's: those are text, and text is not translated here.

A locale is ``"en"`` or ``"zh_Hans"``; the languages of an agreement are ``"en"`` and
``"zh"`` (:class:`workflow.domain.bilingual.Language`). No variable ever holds both kinds.
"""

from collections.abc import Iterable
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from babel.core import get_global
from babel.dates import format_interval, get_timezone_location
from flask import Flask, g, request
from flask_babel import Babel, get_locale, get_translations, gettext, lazy_gettext, ngettext
from flask_login import current_user

__all__ = [
    "LOCALES",
    "N_",
    "TRANSLATIONS",
    "current_locale",
    "days",
    "gettext",
    "init_app",
    "lazy_gettext",
    "ngettext",
    "zone_name",
]

LOCALES: Final = ("en", "zh_Hans")
"""What the interface speaks; the first is spoken to those who asked for neither."""
COOKIE: Final = "locale"
TRANSLATIONS: Final = Path(__file__).resolve().parent / "translations"


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for it
    """Return `message` as it is, marked for the catalogue: it is translated where it is shown."""
    return message


def init_app(app: Flask) -> None:
    """Give `app` its languages."""
    Babel(
        app,
        default_locale=LOCALES[0],
        default_timezone="UTC",
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=_asked_for,
    )
    # Not filters: Jinja would work out those of constants when it compiles a page, in whichever language that is for.
    app.jinja_env.globals.update(days=days, zone_name=zone_name)
    # A page asks some hundred times, and each time Flask-Babel would look for the catalogue anew.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext=lambda message: _catalogue().gettext(message),
        ngettext=lambda one, many, count: _catalogue().ngettext(one, many, count),
        newstyle=True,
    )


def current_locale() -> str:
    """Return the locale the present reader is spoken to in."""
    return str(get_locale() or LOCALES[0])


def days(first: date, last: date) -> str:
    """Return the days from `first` to `last` as the present reader writes them: ``2019年12月9日至10日``."""
    return str(format_interval(first, last, "yMMMd", locale=current_locale()))


def zone_name(zone: object) -> str:
    """Return how the present reader calls the time zone `zone`, or the zone of this IANA name.

    By its place: clocks that have one name, such as Mountain Time, do not all show the same.
    """
    name = str(zone)
    if name == "UTC":
        return str(gettext("UTC"))
    territory = get_global("zone_territories").get(get_global("zone_aliases").get(name, name), "ZZ")
    return name if territory in {"001", "ZZ"} else get_timezone_location(name, locale=current_locale())


def _catalogue() -> NullTranslations:
    """Return the catalogue of the present locale, found once a request unless the locale changes within it."""
    locale = get_locale()
    kept: tuple[object, NullTranslations] | None = g.get("catalogue")
    if kept is None or kept[0] is not locale:
        kept = g.catalogue = (locale, get_translations())
    return kept[1]


def _asked_for() -> str:
    """Return the reader's locale: the account's choice, this browser's choice, what the browser asks for."""
    chosen = getattr(current_user, "locale", None)
    if chosen in LOCALES:
        return str(chosen)
    kept = request.cookies.get(COOKIE)
    if kept in LOCALES:
        return kept
    return _accepted(request.accept_languages.values())


def _accepted(tags: Iterable[str]) -> str:
    """Return the locale for the first language in `tags`, best first, that is spoken here.

    Any Chinese is answered in Chinese: `best_match` would answer ``zh-CN,zh;q=0.9,en;q=0.8``
    in English, because none of the tags is spelt like ours.
    """
    for tag in tags:
        language = tag.lower().replace("_", "-").partition("-")[0]
        if language == "zh":
            return "zh_Hans"
        if language == "en":
            return "en"
    return LOCALES[0]
