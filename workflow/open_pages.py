"""Pages that say, while they are open, what others have done since."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, request, url_for

from workflow.access import current_memberships, member_at_hand, row_at_hand
from workflow.models import Agreement, Motion, Paragraph, Thread
from workflow.pages import entries
from workflow.services import news
from workflow.services.news import Item
from workflow.transactions import db

P = ParamSpec("P")
R = TypeVar("R")


def tells_news(endpoint: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Have a page say, while it is open, what others have done since, and know where to load it anew: at `endpoint`.

    What names the moment is read before the page itself: an act in between is told twice, never missed.
    """

    def decorate(page: Callable[P, R]) -> Callable[P, R]:
        @wraps(page)
        def marking(*arguments: P.args, **named: P.kwargs) -> R:
            g.news_url = _news_url()
            g.page_url = _page_url(endpoint, *arguments[:1])
            return page(*arguments, **named)

        return marking

    return decorate


def told(item: Item) -> dict[str, Any]:
    """Return what others did as `news_told` says it."""
    [said] = entries([item.entry])
    about = replace(said["about"], number=item.number) if item.number else said["about"]
    return said | {"about": about, "author": item.author}


def _page_url(endpoint: str, *rows: object) -> str:
    """Return where the present page is got: at `endpoint`, where it answers a form and its address is the form's."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path if request.query_string else request.path
    return url_for(endpoint, **{f"{row.__tablename__}_id": row.id for row in rows})  # type: ignore[attr-defined]  # rows


def _news_url() -> str:
    """Return where the present page asks for news, from now on."""
    row, member = row_at_hand(), member_at_hand()
    members = (member,) if member else current_memberships()
    mark = news.mark(db.session, [one.actor for one in members])
    if isinstance(row, Motion):  # by one about the whole text, one decides on its closing page
        row = row.paragraph or row.agreement
    if isinstance(row, Agreement):
        return url_for("news.of_agreement", agreement_id=row.id, since=mark)
    paragraph = row.paragraph if isinstance(row, Thread) else row
    if isinstance(paragraph, Paragraph):
        return url_for("news.of_agreement", agreement_id=paragraph.agreement_id, paragraph=paragraph.id, since=mark)
    return url_for("news.index", since=mark)
