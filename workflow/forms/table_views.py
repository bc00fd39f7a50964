"""What the secretariat sends to put a paragraph on the table."""

from wtforms import HiddenField

from workflow.forms import PageForm


class PutForm(PageForm):
    """``agreements/show.html``, ``paragraphs/show.html``: put a paragraph on the table, or take off what lies there."""

    paragraph = HiddenField()
    """Its key; empty to take off what lies there."""
