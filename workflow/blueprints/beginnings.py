"""Beginning a text: from the last agreement of the dialogue, from what is typed, or from a file."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, read_again, requires, requires_reading
from workflow.dialogue_file import FaultyFile, read_agreement
from workflow.dialogue_file.faults import SENTENCES
from workflow.domain.openings import FIELDS
from workflow.domain.plain_text import Layout, understood
from workflow.forms.beginnings import BeginningForm, Source
from workflow.forms.fields import as_typed
from workflow.i18n import gettext as _
from workflow.i18n import ngettext
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.permissions import Permission
from workflow.services import beginnings
from workflow.services.beginnings import Planned
from workflow.transactions import db

bp = Blueprint("beginnings", __name__)


@bp.get("/agreements/<uuid:agreement_id>/beginning")
@requires(Permission.BEGIN_TEXT, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show what a text can be begun from."""
    beginnings.ensure_not_begun(db.session, agreement)
    return _page(agreement, _as_offered(agreement))


@bp.post("/agreements/<uuid:agreement_id>/beginning/understood")
@requires_reading(Permission.BEGIN_TEXT, on=Agreement)
def understand(agreement: Agreement) -> ResponseReturnValue:
    """Show what would be drafted, paragraph by paragraph, for the person to confirm; nothing is written."""
    form = BeginningForm()
    _take_in_file(form)
    planned = _planned(agreement, form) if form.validate() else None
    if not planned:
        if planned is not None:
            form.form_errors.append(_("There is nothing in it to be drafted."))
        return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template(
        "beginnings/understood.html", agreement=agreement, form=form, planned=planned, marks=marks_of(agreement)
    )


@bp.post("/agreements/<uuid:agreement_id>/beginning")
@requires_reading(Permission.BEGIN_TEXT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Make shared drafts of what the person confirmed; what is long to read is read before anybody waits for it."""
    form = BeginningForm()
    planned = _planned(agreement, form) if form.validate() else None
    if not planned:
        return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with db.write() as session:
        empty = cast("Agreement", read_again(Agreement, agreement.id, Permission.BEGIN_TEXT))
        made = beginnings.begin(session, agreement=empty, by=current_member(), planned=planned)
    flash(
        ngettext(
            "%(num)s draft is made. Your delegation reads it; the other side does not.",
            "%(num)s drafts are made. Your delegation reads them; the other side does not.",
            len(made),
        )
    )
    return redirect(url_for("outlines.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)


def _as_offered(agreement: Agreement) -> BeginningForm:
    last = beginnings.last_agreement(db.session, agreement, current_member())
    if last is None:
        return BeginningForm(formdata=None)
    given = {f"{name}_{language}": getattr(last.given[name], language) for name in FIELDS for language in ("en", "zh")}
    return BeginningForm(formdata=None, headings=True, opening_en=last.opening.en, opening_zh=last.opening.zh, **given)


def _take_in_file(form: BeginningForm) -> None:
    """Put what the file says into the fields that carry it on: those of a text, or that of an agreement's file."""
    sent = request.files.get("file")
    raw = sent.read() if sent and sent.filename else b""
    if not raw or sent is None:
        return
    try:
        text = as_typed(raw.decode("utf-8-sig")) or ""
    except UnicodeDecodeError:
        form.form_errors.append(_("The file is not UTF-8 text."))
        return
    if (sent.filename or "").lower().endswith((".yaml", ".yml")):
        form.source.data, form.yaml.data = Source.FILE.value, text
    else:
        form.source.data, form.en.data, form.zh.data = Source.TYPED.value, text, ""
        form.layout.data = Layout.IN_TURN.value


def _planned(agreement: Agreement, form: BeginningForm) -> Sequence[Planned] | None:
    """Return what is to be drafted; ``None``, with the reasons at the form, where it cannot be understood."""
    if form.form_errors:
        return None
    if form.source.data == Source.FILE:
        return _from_file(agreement, form)
    if form.source.data == Source.TYPED:
        lines = understood(form.en.data or "", form.zh.data or "", Layout(form.layout.data))
        kinds = form.kinds or [line.kind for line in lines]
        return beginnings.from_lines(lines, kinds) if len(kinds) == len(lines) else None
    last = beginnings.last_agreement(db.session, agreement, current_member())
    if last is None:
        return ()
    return beginnings.from_last(
        last,
        opening=form.opening,
        given=form.given,
        headings=form.headings.data,
        everything=form.everything.data,
    )


def _from_file(agreement: Agreement, form: BeginningForm) -> Sequence[Planned] | None:
    try:
        entry = read_agreement(form.yaml.data or "", name="agreement", sides=agreement.dialogue.sides)
    except FaultyFile as refused:
        for fault in refused.faults[:20]:
            form.form_errors.append(
                _("Line %(line)s: %(what)s", line=fault.line, what=_(SENTENCES[fault.code]) % fault.detail)
            )
        return None
    return beginnings.from_blocks(entry.text)


def _page(agreement: Agreement, form: BeginningForm) -> str:
    return render_template(
        "beginnings/show.html",
        agreement=agreement,
        form=form,
        last=beginnings.last_agreement(db.session, agreement, current_member()),
        fields=FIELDS,
        marks=marks_of(agreement),
    )
