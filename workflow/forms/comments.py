"""What people send about a comment: other words, its withdrawal, or the same said anew to all sides."""

from wtforms import HiddenField, StringField

from workflow.domain.content import digest
from workflow.forms import PageForm, version_in
from workflow.forms.fields import NotBlank, NoteField
from workflow.forms.threads import ThreadForm
from workflow.i18n import lazy_gettext as _l


class WithdrawForm(PageForm):
    """``threads/show.html``: withdraw a comment as the page showed it."""

    version = HiddenField()
    """The version of the comment the page showed."""

    @property
    def seen_version(self) -> int:
        """The version of the comment the page showed; 0 where the page forgot, which fits none."""
        return version_in(self.version.data)


class EditForm(WithdrawForm):
    """``comments/edit.html``: give a comment other words."""

    comment = NoteField(_l("Comment"), (NotBlank(),))


class ShareForm(ThreadForm):
    """``comments/share.html``: say anew, to all sides, what was said within the delegation."""

    previewed = HiddenField()
    """Names what the preview on the page showed."""
    how = StringField()
    """``share``: send what was previewed; anything else: show it first."""
    is_named = False
    """Whether the other side would read who says it."""

    @property
    def preview(self) -> str:
        """What names that which the other side would read, as it is typed now."""
        return digest([*self.written, *(["named"] if self.is_named else [])])

    @property
    def is_as_previewed(self) -> bool:
        """Whether it is to be sent, and the page showed exactly this."""
        return self.how.data == "share" and self.previewed.data == self.preview
