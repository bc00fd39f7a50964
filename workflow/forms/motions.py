"""What people put to all sides about a paragraph."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import HiddenField, SelectField

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.corrigenda import Correction
from workflow.forms import PageForm, key_in
from workflow.forms.fields import NotBlank, NoteField, WordingField, choices
from workflow.i18n import lazy_gettext as _l


class MotionForm(PageForm):
    """Base of every motion: it carries what the page showed it to be about."""

    seen = HiddenField()
    reason = NoteField(_l("Why"), description=_l("All sides read it. It may stay empty."))

    @property
    def seen_hash(self) -> str:
        """The hash of what the motion is about, as the page showed it; empty if the page forgot."""
        return self.seen.data or ""


class MoveForm(MotionForm):
    """``motions/index.html``: put the paragraph elsewhere."""

    place = SelectField(_l("Where it should stand"))

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Let `places` be chosen from, as ``(value, words)``."""
        self.place.choices = choices(places)

    @property
    def chosen(self) -> dict[str, UUID | None]:
        """Before which paragraph, or last under which."""
        where, _, key = (self.place.data or "").partition(":")
        return {
            "before": key_in(key) if where == "before" else None,
            "parent": key_in(key) if where == "under" else None,
        }


class CompromiseForm(MotionForm):
    """``motions/index.html``: offer a compromise text."""

    en = WordingField(_l("English text"), (NotBlank(),))
    zh = WordingField(_l("Chinese text"), (NotBlank(),))

    @property
    def written(self) -> Bilingual:
        """Both texts as typed."""
        return Bilingual(en=self.en.data or "", zh=self.zh.data or "")


class CorrigendumForm(MotionForm):
    """``motions/index.html``: correct an adopted text."""

    language = SelectField(
        _l("In which language"), choices=choices([(Language.EN.value, "English"), (Language.ZH.value, "中文")])
    )
    wrong = NoteField(_l("Wrong"), (NotBlank(),), description=_l("Exactly as it stands in the adopted text."))
    right = NoteField(_l("Right"))

    @property
    def written(self) -> Correction:
        """What is to be corrected."""
        return Correction(
            language=Language(self.language.data), wrong=self.wrong.data or "", right=self.right.data or ""
        )
