"""What the page of confirmations sends: each text that was chosen, with the hash it was shown with."""

from collections.abc import Mapping
from uuid import UUID

from flask import request

from workflow.forms import PageForm


class ConfirmationForm(PageForm):
    """``confirmations/show.html``: confirm the texts that are ticked."""

    @property
    def chosen(self) -> Mapping[UUID, str]:
        """The hash of each text that was ticked, by the key of its paragraph; what cannot be read is left out."""
        found: dict[UUID, str] = {}
        for choice in request.form.getlist("chosen"):
            key, _, face = choice.partition(":")
            try:
                found[UUID(key)] = face
            except ValueError:
                continue
        return found
