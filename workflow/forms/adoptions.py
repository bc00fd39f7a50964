"""What the closing page sends: the listing it showed."""

from wtforms import HiddenField

from workflow.forms import PageForm


class AdoptionForm(PageForm):
    """``adoptions/show.html``: adopt exactly the text shown."""

    listing = HiddenField()
    """The hash of the listing on the page."""
