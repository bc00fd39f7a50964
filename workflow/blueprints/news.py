"""News: what others did since a page was opened. The page asks by itself, every other second."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_memberships, requires_seat, signed_in
from workflow.accounts import asked_by_the_page_itself
from workflow.forms import key_in
from workflow.models import Agreement
from workflow.open_pages import told
from workflow.permissions import Actor
from workflow.services import news
from workflow.transactions import db

bp = Blueprint("news", __name__)


@bp.get("/news")
@signed_in
def index() -> ResponseReturnValue:
    """Say what is new since ``?since=`` wherever the reader takes part; 204 if nothing is since ``?seen=``."""
    return _news([member.actor for member in current_memberships()], None)


@bp.get("/agreements/<uuid:agreement_id>/news")
@requires_seat(on=Agreement)
def of_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Say what is new about one agreement, and whether it touches what a page about ``?paragraph=`` decides on."""
    return _news([current_actor()], agreement_id)


def _news(actors: Sequence[Actor], agreement: UUID | None) -> ResponseReturnValue:
    asked_by_the_page_itself()
    mark = news.mark(db.session, actors)
    if mark == request.args.get("seen", request.args.get("since")):
        return "", HTTPStatus.NO_CONTENT
    found = news.since(
        db.session,
        actors,
        request.args.get("since", ""),
        agreement=agreement,
        paragraph=key_in(request.args.get("paragraph")),
    )
    return render_template("news/show.html", news=found, items=[told(item) for item in found.items], mark=mark)
