"""What the page of a session sends: the participant list it showed."""

from wtforms import HiddenField

from workflow.forms import PageForm


class ListForm(PageForm):
    """``sessions/show.html``: confirm the own list."""

    seen = HiddenField()
    """The hash of the list on the page."""
