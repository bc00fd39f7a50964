"""What the history of a draft sends: the version the page showed."""

from workflow.forms.drafts import SaveForm


class RestoreForm(SaveForm):
    """``draft_states/index.html``: let the draft say again what it said in a state."""
