"""What people say of a paragraph, of an amendment, or of words quoted from a text; and what they answer."""

from collections.abc import Sequence
from typing import Final

from wtforms import Field, Form, HiddenField, IntegerField, SelectField
from wtforms.validators import AnyOf, NumberRange, Optional, StopValidation

from workflow.domain.bilingual import NOTHING, Bilingual, Language, is_blank
from workflow.domain.discussion import Quotation, quote
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.forms import OnTextForm, PageForm, version_in
from workflow.forms.fields import NotBlank, NoteField, choices
from workflow.i18n import lazy_gettext as _l
from workflow.models import Scope

_NOT_QUOTED: Final = {
    Refusal.WORDS_NOT_IN_TEXT: _l(
        "These words do not stand in the text of that language, to the letter, or not that often."
    ),
    Refusal.WORDS_OCCUR_SEVERAL_TIMES: _l(
        "These words stand there more than once. Say which of them you mean, or quote more around them."
    ),
}


def _stands_in_the_text(form: Form, field: Field) -> None:
    if is_blank(field.data) or form["language"].data not in set(Language):
        return  # nothing is quoted, or the language is what has to be mended
    if form["about"].data:
        raise StopValidation(str(_l("A thread is about an amendment, or about words of the text: not both.")))
    try:
        _quoted(form)
    except OutOfOrder as refused:
        raise StopValidation(str(_NOT_QUOTED[refused.refusals[0]])) from refused


def _quoted(form: Form) -> Quotation:
    text: Bilingual = form.quotable  # type: ignore[attr-defined]  # ThreadForm's
    language = Language(form["language"].data or Language.EN)
    which, wording = form["which"].data, form.seen_wording  # type: ignore[attr-defined]  # ThreadForm's
    return quote(text, form["quoted"].data or "", language=language, which=which, wording=wording)


class ThreadForm(OnTextForm):
    """``threads/new.html`` and ``paragraphs/show.html``: begin a thread."""

    quotable: Bilingual = NOTHING
    """The text words can be quoted from."""

    comment = NoteField(_l("Comment"), (NotBlank(),))
    scope = HiddenField(validators=[AnyOf([scope.value for scope in Scope], _l("Not a valid choice."))])
    about = SelectField(_l("What it is about"), default="")
    language = SelectField(
        _l("Language of the words"),
        choices=choices([(Language.EN.value, "English"), (Language.ZH.value, "中文")]),
        default=Language.EN.value,
    )
    quoted = NoteField(
        _l("The words"),
        (_stands_in_the_text,),
        description=_l("Exactly as they stand in the text. Leave it empty to speak of the whole paragraph."),
    )
    which = IntegerField(
        _l("Which of them"),
        validators=[Optional(), NumberRange(min=1, max=9999, message=_l("Not a valid choice."))],
        description=_l("Only where the words stand there more than once: 1 for the first, 2 for the second."),
    )
    wording = HiddenField()
    """The number of the wording that words are quoted from; empty: the text as it stands."""

    @property
    def seen_wording(self) -> int | None:
        """The number of the wording that words are quoted from; ``None`` for the text as it stands."""
        return version_in(self.wording.data) or None

    def offer(self, amendments: Sequence[tuple[str, str]], *, quotable: Bilingual) -> None:
        """Let one of `amendments`, as ``(value, words)``, or words of `quotable`, be what it is about."""
        self.about.choices = choices([("", _l("the paragraph, or the words quoted below")), *amendments])
        self.quotable = quotable

    @property
    def quotation(self) -> Quotation | None:
        """The words quoted; ``None`` where none are. Only of a form that was found valid."""
        return None if is_blank(self.quoted.data) else _quoted(self)

    @property
    def written(self) -> tuple[str, ...]:
        """All that others would read of it, and what they would read it on."""
        fields = (self.comment, self.about, self.language, self.quoted, self.which, self.base)
        return tuple(str(field.data or "") for field in fields)


class ReplyForm(PageForm):
    """``threads/show.html``: reply."""

    comment = NoteField(_l("Reply"), (NotBlank(),))
