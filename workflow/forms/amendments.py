"""What people send when they answer an amendment in part, or carry their own over."""

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from workflow.forms import OnTextForm, PageForm
from workflow.i18n import lazy_gettext as _l


class PartForm(PageForm):
    """``paragraphs/show.html``: take some points of an amendment and not the others."""

    points = SelectMultipleField(
        _l("Points we accept"),
        coerce=int,
        validate_choice=False,  # the rules say which points there are
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def chosen(self) -> frozenset[int]:
        """The points ticked, by their numbers; none where the page sent none, or something else."""
        return frozenset(self.points.data or ())


class CarryOverForm(OnTextForm):
    """``paragraphs/show.html``: set the own amendment against the text as it stands."""
