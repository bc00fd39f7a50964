"""What people type about the agenda: items for the next session, and what became of carried ones."""

from uuid import UUID

from wtforms import HiddenField, SelectField

from workflow.forms import PageForm
from workflow.forms.fields import LineField, NotBlank, NoteField, WordingField, choices
from workflow.i18n import lazy_gettext as _l
from workflow.models import Disposition


class ItemForm(PageForm):
    """``agenda/new.html``: propose an item for the next session."""

    title_en = LineField(_l("Subject in English"), (NotBlank(),))
    title_zh = LineField(_l("Subject in Chinese"), (NotBlank(),))
    en = WordingField(_l("English text"))
    zh = WordingField(_l("Chinese text"))
    rationale = NoteField(
        _l("Why"), description=_l("The other side reads this together with the text. It may stay empty.")
    )


class DispositionForm(PageForm):
    """``agenda/show.html``: what became of a carried item."""

    meeting = HiddenField()
    """The session whose agenda the page showed."""
    disposition = SelectField(
        _l("What became of it"),
        choices=choices(
            [
                (Disposition.DISCUSSED_WITHOUT_RESULT.value, _l("discussed without result")),
                (Disposition.SETTLED.value, _l("settled in this text")),
                (Disposition.KEPT.value, _l("kept for the next session")),
                (Disposition.DROPPED.value, _l("dropped")),
            ]
        ),
        default=Disposition.DISCUSSED_WITHOUT_RESULT.value,
    )

    @property
    def chosen_meeting(self) -> UUID | None:
        """The session the page was about; ``None`` where the page forgot."""
        try:
            return UUID(self.meeting.data or "")
        except ValueError:
            return None
