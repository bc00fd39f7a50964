"""Links that are handed on: what they name is signed with the installation's secret key, so nobody makes one up."""

from typing import Final
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from workflow.config import Settings

_SALT: Final = "invitation"


def invitation_link(key: UUID) -> str:
    """Return the address where the invitation `key` is taken up; the token is in its query, which is not logged."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}/invitation?token={_serializer().dumps(key.hex)}"


def invitation_in(token: str | None) -> UUID | None:
    """Return the key of the invitation that `token` names; ``None`` if it was not signed here."""
    try:
        return UUID(_serializer().loads(token or ""))
    except (BadSignature, ValueError, AttributeError, TypeError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_SALT)
