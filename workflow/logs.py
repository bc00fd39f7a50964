"""What is written down of each request: one JSON line, with an id that the error page shows too.

Never what was typed: no bodies, no queries, no tokens, no names. An account is its key.
"""

import logging
import re
import sys
import time
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

HEADER: Final = "X-Request-ID"
_ACCEPTABLE: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("workflow.requests")


def configure(level: int = logging.INFO) -> None:
    """Have everything that is logged in this process written to stderr, a JSON object to the line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def init_app(app: Flask, *, behind_proxy: bool) -> None:
    """Give every request to `app` an id, and write a line when it is answered.

    A proxy in front may name the request; anybody else's idea of an id is not taken over.
    """

    @app.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "") if behind_proxy else ""
        g.request_id = given if _ACCEPTABLE.fullmatch(given) else uuid4().hex
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        if request.endpoint != "static" and not _asked_in_vain(response):
            _log.info(
                "answered",
                method=request.method,
                path=request.path,
                endpoint=request.endpoint,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                account=_account(),
            )
        return response


def _asked_in_vain(response: Response) -> bool:
    """Whether an open page asked for what is new and there was nothing: it does so every other second."""
    return request.method == "GET" and response.status_code == HTTPStatus.NO_CONTENT


def request_id() -> str:
    """Return the id of the request being answered."""
    if "request_id" not in g:
        g.request_id = uuid4().hex
    return str(g.request_id)


def _account() -> str | None:
    # Only if it was loaded anyway: a line in the log is no reason to ask the database.
    return str(current_user.id) if "_login_user" in g and current_user.is_authenticated else None
