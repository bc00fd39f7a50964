"""What every answer tells the browser: what a page may load, where it may be shown, that nobody keeps it."""

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, request

MOST_IN_A_REQUEST: Final = 1024 * 1024
"""Bytes: three texts of 20,000 Chinese characters as a browser sends them, and room to say that they are too long."""
MOST_FIELDS: Final = 500
"""Fields a form can have; taking a million empty ones apart would keep a processor busy."""

#: No inline script or style, nothing from elsewhere, and no page of ours inside another's.
_CONTENT_SECURITY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ON_EVERYTHING: Final = {
    "Content-Security-Policy": _CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_A_YEAR: Final = "max-age=31536000"


def on_everything(*, is_https: bool) -> dict[str, str]:
    """Return the headers that stand on every answer of an installation."""
    return ON_EVERYTHING | ({"Strict-Transport-Security": _A_YEAR} if is_https else {})


def init_app(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer of `app`, and bounds on every request to it."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_IN_A_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_IN_A_REQUEST
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS

    @app.before_request
    def bound() -> None:
        # Werkzeug counts the parts of a multipart body only.
        if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    said = on_everything(is_https=is_https)

    @app.after_request
    def say(response: Response) -> Response:
        for name, value in said.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            # Drafts and positions stay in no cache, nor on the disk of a borrowed machine.
            response.headers["Cache-Control"] = "no-store"
        return response
