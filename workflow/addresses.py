"""Where a redirect may lead: to a page of this site, named by its path, and nowhere else."""

import re
from typing import Final
from urllib.parse import urlsplit

#: Browsers drop control characters and read a backslash as a slash, so that ``/\t/example.org``
#: and ``/\example.org`` are addresses of another site to them.
_MISREAD: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\]")


def own_path(given: str | None) -> str | None:
    """Return `given` if it is a path on this site, query included; ``None`` if it is anything else."""
    if not given or not given.startswith("/") or given.startswith("//") or _MISREAD.search(given):
        return None
    parts = urlsplit(given)
    return None if parts.scheme or parts.netloc else given


def path_of(address: str | None, *, host: str) -> str | None:
    """Return the path of `address` if it is a page on `host`, such as the page a form was sent from."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.netloc != host:
        return None
    return own_path(parts.path + (f"?{parts.query}" if parts.query else ""))
