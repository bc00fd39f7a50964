"""What the page of several drafts sends: those ticked, each with the version it showed."""

from collections.abc import Iterable
from uuid import UUID

from workflow.forms import PageForm, key_in, version_in


class TablingForm(PageForm):
    """``tablings/show.html``: table the drafts ticked, exactly as shown."""


def chosen(sent: Iterable[str]) -> dict[UUID, int]:
    """Return the version of each draft ticked, by its key; each is sent as ``key:version``, the rest is left out."""
    found: dict[UUID, int] = {}
    for one in sent:
        key, _, version = one.partition(":")
        if (read := key_in(key)) is not None:
            found[read] = version_in(version)
    return found
