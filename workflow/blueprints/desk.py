"""The desk: the page one starts from."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workflow.access import current_memberships, signed_in
from workflow.marks import marks_of_all, marks_of_list
from workflow.open_pages import tells_news
from workflow.pages import sides_of
from workflow.services import desk
from workflow.transactions import db

bp = Blueprint("desk", __name__)


@bp.get("/")
@signed_in
@tells_news("desk.show")
def show() -> ResponseReturnValue:
    """Show what waits for the reader, in every capacity the reader holds."""
    desks = [(desk.desk(db.session, member), sides_of(member.dialogue)) for member in current_memberships()]
    listed = [agreement for found, _ in desks for agreement in found.agreements]
    return render_template(
        "desk/show.html", desks=desks, marks=marks_of_list(listed), marks_of_texts=marks_of_all(listed)
    )
