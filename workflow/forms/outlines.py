"""What the outline sends: where a draft is to stand, and the order the page showed."""

from wtforms import HiddenField, StringField

from workflow.forms import PageForm
from workflow.forms.drafts import place_of
from workflow.services.drafts import Place


class PlaceForm(PageForm):
    """``outlines/show.html``: put a draft elsewhere."""

    seen = HiddenField()
    """What names the order on the page."""
    place = StringField()
    """As :func:`workflow.forms.drafts.place_of` reads it."""
    step = StringField()
    """``up``, ``down``, ``in`` or ``out``, where a button was pressed instead."""

    @property
    def chosen(self) -> Place:
        """The place chosen from the list."""
        return place_of(self.place.data or "")
