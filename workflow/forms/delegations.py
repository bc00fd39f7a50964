"""What a head decides for the own delegation."""

from wtforms import RadioField

from workflow.forms import PageForm
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l


class TablingForm(PageForm):
    """``delegations/show.html``: who of the delegation tables text."""

    who = RadioField(
        _l("Who tables text for us"),
        choices=choices([("drafters", _l("heads and drafters")), ("heads", _l("heads only"))]),
    )
