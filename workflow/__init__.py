"""Alternat: one agreement, two authentic languages, and the record of how its words came about."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask import Flask

    from workflow.config import Settings

#: The web, one module per noun; each has one blueprint.
BLUEPRINTS: Final = (
    "adoptions",
    "agenda",
    "agreements",
    "comments",
    "beginnings",
    "comparisons",
    "confirmations",
    "delegations",
    "desk",
    "dialogues",
    "documents",
    "draft_presences",
    "draft_states",
    "drafts",
    "errors",
    "glossary",
    "hand_overs",
    "health",
    "invitations",
    "issues",
    "journal",
    "language",
    "looks",
    "members",
    "motions",
    "news",
    "naming",
    "amendments",
    "outlines",
    "paragraphs",
    "participants",
    "phrases",
    "sessions",
    "style",
    "table_views",
    "tasks",
    "threads",
    "tablings",
)


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the web application; the only place where the parts meet.

    Args:
        settings: What the installation sets; by default what the environment says.

    Raises:
        ConfigurationError: If the environment is not one to start in.

    """
    # Imported here, so that importing the rules or a service does not import the web.
    from datetime import timedelta  # noqa: PLC0415 -- see above

    from flask import Blueprint, Flask  # noqa: PLC0415 -- see above
    from flask_wtf import CSRFProtect  # noqa: PLC0415 -- see above
    from werkzeug.middleware.proxy_fix import ProxyFix  # noqa: PLC0415 -- see above

    from workflow import (  # noqa: PLC0415 -- see above
        accounts,
        assets,
        compression,
        headers,
        i18n,
        logs,
        pages,
        resources,
        segmenter,
    )
    from workflow.config import Settings  # noqa: PLC0415 -- see above
    from workflow.transactions import db  # noqa: PLC0415 -- see above

    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(resources.TEMPLATES))
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_COOKIE_NAME="__Host-alternat" if settings.is_https else "alternat",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        STYLE_PAGE=not settings.is_production,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: people write for hours
    )
    app.extensions["settings"] = settings
    logs.init_app(app, behind_proxy=settings.proxies > 0)
    headers.init_app(app, is_https=settings.is_https)
    compression.init_app(app, is_https=settings.is_https)
    assets.init_app(app, watched=not settings.is_production, is_https=settings.is_https)
    db.init_app(app, settings.database_url)
    i18n.init_app(app)
    CSRFProtect(app)
    accounts.init_app(app)
    pages.init_app(app)
    for name in BLUEPRINTS:
        module = import_module(f"workflow.blueprints.{name}")
        [blueprint] = (value for value in vars(module).values() if isinstance(value, Blueprint))
        app.register_blueprint(blueprint)
    segmenter.load()  # only what serves pages makes an application; no reader is to wait for the dictionary
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # Flask's own way
    return app
