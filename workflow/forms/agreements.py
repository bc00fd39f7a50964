"""What an agreement is called when it is opened."""

from workflow.dialogue_file.fields import NAME
from workflow.domain.bilingual import Bilingual
from workflow.forms import PageForm
from workflow.forms.fields import LineField, Matching, NotBlank
from workflow.i18n import lazy_gettext as _l

SPELLING = _l("Small letters, digits and hyphens, such as digital-economy-3.")


class NewForm(PageForm):
    """``agreements/new.html``: open the agreement of a session from nothing."""

    name_en = LineField(_l("Name in English"), (NotBlank(),), description=_l("For screens; no part of the text."))
    name_zh = LineField(_l("Name in Chinese"), (NotBlank(),))
    short_name = LineField(_l("Short name"), (NotBlank(), Matching(NAME, SPELLING)), description=SPELLING)

    @property
    def name(self) -> Bilingual:
        """What it is called on screens."""
        return Bilingual(self.name_en.data or "", self.name_zh.data or "")

    @property
    def chosen_short_name(self) -> str:
        """What names it on the command line and in files."""
        return self.short_name.data or ""
