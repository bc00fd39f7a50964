"""What goes wrong, said once for all pages: what happened, that nothing was lost, what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import sqlalchemy as sa
from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
    TooManyRequests,
    Unauthorized,
)

from workflow.access import current_account, row_at_hand
from workflow.domain.negotiation import OutOfOrder
from workflow.i18n import lazy_gettext as _l
from workflow.logs import request_id
from workflow.models import Paragraph
from workflow.pages import home, page_sent_from

bp = Blueprint("errors", __name__)

#: Fields whose text a person typed, and what their pages call them.
_TYPED: Final[dict[str, LazyString]] = {
    "en": _l("English"),
    "zh": _l("Chinese"),
    "title_en": _l("Title in English"),
    "title_zh": _l("Title in Chinese"),
    "rationale": _l("Reasons"),
    "reason": _l("Reason"),
    "statement_en": _l("Statement in English"),
    "statement_zh": _l("Statement in Chinese"),
    "comment": _l("Comment"),
    "quoted": _l("The words"),
}
#: Fields that are never shown or carried on.
_NEVER: Final = ("csrf_token", "password")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One field of the form that was sent."""

    name: str
    label: str
    text: str
    is_shown: bool
    """Whether a person typed it; otherwise it is carried along unseen."""


def typed() -> list[Typed]:
    """Return what was sent with the present request, so that nobody types it twice."""
    return list(_fields()) if request.method == "POST" else []


def _fields() -> Iterator[Typed]:
    for name, text in request.form.items(multi=True):
        if any(word in name for word in _NEVER):
            continue
        written = name in _TYPED or any(c.isspace() or not c.isascii() for c in text)
        yield Typed(
            name=name,
            label=str(_TYPED.get(name, name.replace("_", " "))),
            text=text.replace("\r\n", "\n"),
            is_shown=written and bool(text.strip()),
        )


@bp.app_errorhandler(SecurityError)
def unknown_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer a request for another host name without any link: there is no name to build one from."""
    return "This host name is not one of ours.\n", HTTPStatus.BAD_REQUEST, {"Content-Type": "text/plain"}


@bp.app_errorhandler(BadRequest)
@bp.app_errorhandler(HTTPException)
def bad_request(error: HTTPException) -> ResponseReturnValue:
    """Say that the request could not be understood; also what has no page of its own below."""
    code = error.code or HTTPStatus.BAD_REQUEST
    if error.response is not None or code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    return render_template("errors/bad_request.html", code=code), code


@bp.app_errorhandler(CSRFError)
def lapsed_form(_error: CSRFError) -> ResponseReturnValue:
    """Keep what was typed into a form whose session ended before it was sent."""
    return _lapsed(HTTPStatus.BAD_REQUEST)


@bp.app_errorhandler(Unauthorized)
def stranger(_error: Unauthorized) -> ResponseReturnValue:
    """Ask a stranger to sign in, and lead back afterwards; keep what was typed."""
    if request.method in {"GET", "HEAD"}:
        here = request.full_path if request.query_string else request.path
        return redirect(url_for("security.login", next=here), HTTPStatus.SEE_OTHER)
    return _lapsed(HTTPStatus.UNAUTHORIZED)


def _lapsed(code: HTTPStatus) -> ResponseReturnValue:
    # A form on somebody else's site must not come back as one of ours with a good token.
    page = render_template(
        "errors/lapsed.html",
        code=code.value,
        typed=typed(),
        can_send_again=page_sent_from() is not None and request.endpoint != "security.login",
        is_signed_in=current_account() is not None,
        back_url=page_sent_from() or home(),
    )
    return page, code


@bp.app_errorhandler(Forbidden)
def not_permitted(_error: Forbidden) -> ResponseReturnValue:
    """Say that reading is permitted here and this act is not."""
    page = render_template("errors/not_permitted.html", code=403, typed=typed(), back_url=page_sent_from() or home())
    return page, HTTPStatus.FORBIDDEN


@bp.app_errorhandler(NotFound)
def not_found(_error: NotFound) -> ResponseReturnValue:
    """Say that there is no such page, in the same words whether there is none or it is not the reader's."""
    return render_template("errors/not_found.html", code=404, typed=typed()), HTTPStatus.NOT_FOUND


@bp.app_errorhandler(MethodNotAllowed)
def no_such_way(error: MethodNotAllowed) -> ResponseReturnValue:
    """Say that this address is for sending a form, not for visiting."""
    page = render_template("errors/no_such_way.html", code=405)
    return page, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": ", ".join(error.valid_methods or ())}


@bp.app_errorhandler(OutOfOrder)
def out_of_order(error: OutOfOrder) -> ResponseReturnValue:
    """Explain why the rules refused an act, with the text as it stands and all that was typed."""
    page = render_template(
        "errors/out_of_order.html",
        code=409,
        refusals=error.refusals,
        paragraph=_paragraph_at_hand(),
        typed=typed(),
        back_url=page_sent_from() or home(),
    )
    return page, HTTPStatus.CONFLICT


@bp.app_errorhandler(StaleDataError)
def changed_meanwhile(_error: StaleDataError) -> ResponseReturnValue:
    """Say that somebody changed the same thing at the same moment."""
    page = render_template(
        "errors/changed_meanwhile.html", code=409, typed=typed(), back_url=page_sent_from() or home()
    )
    return page, HTTPStatus.CONFLICT


def _paragraph_at_hand() -> Paragraph | None:
    row = row_at_hand()
    found = row if isinstance(row, Paragraph) else getattr(row, "paragraph", None)
    return found if isinstance(found, Paragraph) else None


@bp.app_errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say that more was sent than is read. What was typed is still in the browser: it was never taken in."""
    return render_template("errors/too_large.html", code=413), HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@bp.app_errorhandler(TooManyRequests)
def too_many(_error: TooManyRequests) -> ResponseReturnValue:
    """Say how long to wait."""
    wait = int(g.get("wait", 60))
    page = render_template("errors/too_many.html", code=429, minutes=-(-wait // 60))
    return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(wait)}


@bp.app_errorhandler(sa.exc.OperationalError)
@bp.app_errorhandler(sa.exc.TimeoutError)
def unavailable(error: Exception) -> ResponseReturnValue:
    """Say that the database does not answer just now."""
    current_app.logger.error("database does not answer", exc_info=error)
    _ask_the_database_nothing()
    page = render_template("errors/unavailable.html", code=503, request_id=request_id(), typed=_typed_or_nothing())
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "10"}


@bp.app_errorhandler(HTTPStatus.INTERNAL_SERVER_ERROR)
def fault(_error: Exception) -> ResponseReturnValue:
    """Say that the fault is ours, with the id under which it stands in the log."""
    _ask_the_database_nothing()
    page = render_template("errors/fault.html", code=500, request_id=request_id(), typed=_typed_or_nothing())
    return page, HTTPStatus.INTERNAL_SERVER_ERROR


def _ask_the_database_nothing() -> None:
    """Show the page as to a stranger: whatever failed may fail again."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001 -- Flask-Login's
    g.pop("member", None)
    g.pop("row", None)


def _typed_or_nothing() -> list[Typed]:
    try:
        return typed()
    except HTTPException:  # the form itself may be what could not be read
        return []
