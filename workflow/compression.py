"""Pages compressed, where nobody learns from their length what stands in them.

Whoever can have a reader's browser fetch a page again and again with words of their own
in its address, and watch how long the answers are, can guess at what else is in the page
(BREACH). So a page is compressed only when the browser says that no other site asked for
it: `docs/decisions/0025-what-is-compressed.md`.
"""

import gzip
from typing import Final

from flask import Flask, Request, Response, request

#: What browsers say of a request that this site made, or the reader by hand.
_OUR_OWN: Final = frozenset({"same-origin", "none"})
_ASKED_BY: Final = "Sec-Fetch-Site"
#: Bytes from which it is worth it.
_LEAST: Final = 1000
#: Most of the gain for a third of the time that the last level takes.
_LEVEL: Final = 5


def init_app(app: Flask, *, is_https: bool) -> None:
    """Let `app` compress its pages."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed or "Content-Disposition" in response.headers:
            return response
        response.vary.update(("Accept-Encoding", _ASKED_BY))
        if request.accept_encodings["gzip"] <= 0 or not _is_safe(request, is_https=is_https):
            return response
        body = response.get_data()
        if len(body) < _LEAST:
            return response
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.content_encoding = "gzip"
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same page in other bytes
        return response


def _is_safe(asked: Request, *, is_https: bool) -> bool:
    """Whether no other site asked; a browser too old to say so is believed where the line is open anyway."""
    by = asked.headers.get(_ASKED_BY)
    return by in _OUR_OWN if by is not None else not is_https
