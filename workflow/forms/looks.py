"""What the page of an agreement sends when somebody has looked at it: the text it showed."""

from wtforms import HiddenField

from workflow.forms import PageForm


class LookForm(PageForm):
    """``agreements/show.html``: I have looked at this text."""

    seen = HiddenField()
    """What names the text on the page."""
