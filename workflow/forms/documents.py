"""What can be asked for when a document is made."""

from collections.abc import Sequence

from wtforms import RadioField, SelectField

from workflow.domain.bilingual import Language
from workflow.forms import PageForm
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l
from workflow.services.documents import Form, Making


class DocumentForm(PageForm):
    """``documents/index.html``: make a document."""

    form = RadioField(
        _l("Document"),
        choices=choices(
            [
                (Form.DOCX.value, _l("Word document, both languages in two columns")),
                ("text-en", _l("plain text, English")),
                ("text-zh", _l("plain text, Chinese")),
                (Form.TEXT.value, _l("plain text, both languages one after the other")),
            ]
        ),
        default=Form.DOCX.value,
    )
    edition = SelectField(_l("Edition"), description=_l("Whose language and participant list come first."))
    paper = RadioField(_l("Paper"), choices=choices([("a4", "A4"), ("letter", _l("US Letter"))]), default="a4")

    def offer(self, editions: Sequence[tuple[str, str]]) -> None:
        """Let `editions`, as ``(value, words)``, be chosen from."""
        self.edition.choices = choices(editions)

    @property
    def chosen(self) -> Making:
        """What was asked for."""
        form, _, language = (self.form.data or "").partition("-")
        return Making(
            form=Form(form),
            edition=self.edition.data or None,
            paper=self.paper.data or "a4",
            language=Language(language) if language else None,
        )
