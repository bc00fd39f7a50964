"""The language of the interface."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from workflow.access import current_account, public
from workflow.addresses import own_path
from workflow.i18n import COOKIE, LOCALES
from workflow.models import Account
from workflow.pages import home
from workflow.transactions import db

bp = Blueprint("language", __name__)

_A_YEAR = 365 * 24 * 60 * 60


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Speak to this browser, and to whoever is signed in, in the language chosen."""
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        abort(HTTPStatus.BAD_REQUEST)
    if account := current_account():
        with db.write() as session:
            session.get_one(Account, account.id).locale = locale
    response = redirect(own_path(request.form.get("next")) or home(), HTTPStatus.SEE_OTHER)
    response.set_cookie(COOKIE, locale, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response
