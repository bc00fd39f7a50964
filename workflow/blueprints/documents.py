"""Documents of an agreement: seeing and making them, and the list of those the own side made."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from workflow.access import current_actor, current_member, read_again, requires, requires_reading
from workflow.domain.negotiation import Stage
from workflow.forms.documents import FORMS, HOUSE_STYLES, KINDS, LAYOUTS, PAPER_SIZES, DocumentForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Document
from workflow.permissions import Permission
from workflow.reader_language import in_reader_language
from workflow.services import documents
from workflow.services.documents import Making
from workflow.services.reading import Reading, read
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("documents", __name__)

#: The button that shows a document without making it.
PREVIEW = "preview"


@bp.get("/agreements/<uuid:agreement_id>/documents")
@requires(Permission.READ, on=Agreement)
def index(agreement: Agreement) -> ResponseReturnValue:
    """Show what can be made of the text, and what the own side has made of it."""
    form = DocumentForm(formdata=None, data=request.args.to_dict())
    _offer(form, read(db.session, agreement.id))
    return _page(agreement, form)


@bp.post("/agreements/<uuid:agreement_id>/documents")
@requires_reading(Permission.MAKE_DOCUMENT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Make a document and send it; that it was made goes on record, for the own side only. Or show it first."""
    form = DocumentForm()
    reading = read(db.session, agreement.id)
    _offer(form, reading)
    if not form.validate():
        return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if not reading.in_the_text:
        return _refused(agreement, form, _("Nothing is tabled yet: there is no text to make a document of."))
    try:
        making = form.chosen(own=current_actor().delegation)
        if request.form.get("act") == PREVIEW:
            return _page(agreement, form, shown=documents.preview(db.session, reading, making))
        made = documents.made(db.session, reading, making)
    except (documents.WrongCombination, documents.NothingToPrint, documents.NoPdf) as why:
        return _refused(agreement, form, _said(why))
    with db.write() as session:
        again = cast("Agreement", read_again(Agreement, agreement.id, Permission.MAKE_DOCUMENT))
        documents.record(session, agreement=again, by=current_member(), made=made)
    return _sent(made.file, making, documents.file_name(reading, making), token=form.seen_token)


def _sent(file: bytes, making: Making, name: str, *, token: str) -> Response:
    """Return the file; a cookie that lasts a moment tells the page, in whose place no other comes, that it is made."""
    answer = Response(file, mimetype=making.mimetype, headers={"Content-Disposition": f"attachment; filename={name}"})
    if token:
        answer.set_cookie("made", token, max_age=60, secure=request.is_secure, samesite="Strict")
    return answer


_NOTHING: Final[Mapping[str, Callable[[], str]]] = {
    "agenda": lambda: _("This session puts nothing on the agenda of the next one yet."),
    "participants": lambda: _("No delegation has listed its participants yet."),
    "statements": lambda: _("No statement for the record may be printed: all sides have to consent to each."),
    "redline": lambda: _("No Rev. was issued yet: there is nothing to compare the text with."),
}


def _said(why: Exception) -> str:
    """Say in the reader's language why there is no document; of a wrong choice, which would be right."""
    if isinstance(why, documents.NothingToPrint):
        return _NOTHING[why.what]()
    if not isinstance(why, documents.WrongCombination):
        return str(_("No PDF can be made on this server. Make a Word document and print it."))
    wrong, kind = why, dict(KINDS)[why.kind]
    if not wrong.right:
        return str(_("This choice does not go with the document “%(document)s”: leave it out.", document=kind))
    words = {**dict(LAYOUTS), **dict(HOUSE_STYLES), **dict(PAPER_SIZES), **{form.value: said for form, said in FORMS}}
    right = _("; ").join(str(words.get(one, one)) for one in wrong.right)
    if wrong.choice in {"paper", "house"}:
        return str(
            _("Only Word documents and PDF have paper and a house style. Right would be: %(right)s", right=right)
        )
    return str(
        _("This does not go with the document “%(document)s”. Right would be: %(right)s", document=kind, right=right)
    )


def _refused(agreement: Agreement, form: DocumentForm, why: str) -> ResponseReturnValue:
    form.kind.errors = [why]
    return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _offer(form: DocumentForm, reading: Reading) -> None:
    agreement = reading.agreement
    own = [
        (delegation.code, _("own edition of %(side)s", side=in_reader_language(delegation.name)))
        for delegation in agreement.dialogue.delegations
    ]
    compared = next((one.paragraph for one in reading.order if str(one.paragraph.id) == form.paragraph.data), None)
    if compared is not None:
        known = [(str(one.number), _("wording %(number)s", number=one.number)) for one in compared.wordings]
    else:
        known = [(str(issue.number), f"Rev.{issue.number}") for issue in agreement.issues]
    form.offer(
        editions=[("", _("as in the record, English first")), *own],
        since=[("", _("the Rev. issued last") if compared is None else _("the first wording")), *known],
        until=[("", _("the text as it stands")), *known],
    )


def _page(agreement: Agreement, form: DocumentForm, *, shown: str = "") -> str:
    made = db.session.scalars(
        visible(current_actor()).documents().where(Document.agreement_id == agreement.id).limit(50)
    ).all()
    reading = read(db.session, agreement.id)
    return render_template(
        "documents/index.html",
        form=form,
        fits=documents.fitting(),
        made=made,
        shown=Markup(shown),  # noqa: S704 -- the export library escapes every text it is given
        kinds={kind.value: words for kind, words in KINDS},
        layouts=dict(LAYOUTS),
        houses=dict(HOUSE_STYLES),
        papers=dict(PAPER_SIZES),
        closed_listing=None if reading.stage is Stage.NEGOTIATION else reading.listing,
        is_acting=current_actor().delegation is not None,
        agreement=agreement,
        marks=marks_of(agreement),
    )
