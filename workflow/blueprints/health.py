"""Whether this process lives, and whether it can do its work; for what watches over it."""

from functools import cache
from http import HTTPStatus

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workflow import migrating
from workflow.access import public
from workflow.transactions import db

bp = Blueprint("health", __name__)


@bp.get("/livez")
@public
def lives() -> ResponseReturnValue:
    """Say that the process answers; asks nothing of anybody else."""
    return {"alive": True}


@bp.get("/readyz")
@public
def is_ready() -> ResponseReturnValue:
    """Say whether the database answers and has this program's tables."""
    try:
        revision = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    except sa.exc.SQLAlchemyError:
        return {"ready": False, "database": "does not answer, or was never migrated"}, HTTPStatus.SERVICE_UNAVAILABLE
    if revision != _head():
        return {"ready": False, "database": "has another revision than this program"}, HTTPStatus.SERVICE_UNAVAILABLE
    return {"ready": True}


@cache
def _head() -> str | None:
    return migrating.head()
