"""What ending a membership sends."""

from wtforms import HiddenField

from workflow.forms import PageForm


class EndForm(PageForm):
    """``members/end.html``: let somebody take part no longer."""

    told = HiddenField()
    """``yes`` where the page said that a side is left without its head, or nobody to invite one."""
