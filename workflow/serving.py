"""Serving the application for real: gunicorn with threads, waitress where there is no fork; static files apart."""

import gc
import sys
from typing import Any, Final, cast
from wsgiref.types import WSGIApplication

from flask import Flask
from whitenoise import WhiteNoise

from workflow import create_app, logs
from workflow.config import Settings
from workflow.headers import ON_EVERYTHING

#: How many objects may come to stay before the garbage collector looks for those that should not.
_OBJECTS: Final = 50_000


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until told to stop.

    One process with threads: what it remembers of failed sign-ins is then whole, and on two
    cores a second process would add little.
    """
    logs.configure()
    application = with_static_files(create_app(settings))
    settle()
    if sys.platform == "win32":
        _on_windows(application, settings, host=host, port=port)
    else:
        _on_posix(application, settings, host=host, port=port)


def settle() -> None:
    """Have the garbage collector leave alone what was made to stay, and look less often at what a page makes and drops.

    Python looks after every 700 objects; a long page makes a hundred thousand, nearly all of which go by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)


def with_static_files(app: Flask) -> WSGIApplication:
    """Return `app` behind what answers for its static files without waking it."""

    def say(headers: Any, _path: str, _url: str) -> None:  # noqa: ANN401 -- wsgiref's Headers
        for name, value in ON_EVERYTHING.items():
            headers[name] = value

    served: WSGIApplication = WhiteNoise(
        cast("WSGIApplication", app.wsgi_app),
        root=cast("str", app.static_folder),
        prefix=cast("str", app.static_url_path),
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=say,
    )
    return served


def _on_posix(application: WSGIApplication, settings: Settings, *, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 -- not there on Windows

    class Alternat(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
        """gunicorn, told everything here and nothing by files or the environment."""

        def load_config(self) -> None:
            for name, value in {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": settings.threads,
                "timeout": 120,
                "graceful_timeout": 20,
                "keepalive": 15,
                "control_socket_disable": True,
                "loglevel": "warning",
                # Which proxies are believed is the application's own setting.
                "secure_scheme_headers": {},
                "proc_name": "alternat",
            }.items():
                self.cfg.set(name, value)

        def load(self) -> WSGIApplication:
            return application

    Alternat().run()


def _on_windows(application: WSGIApplication, settings: Settings, *, host: str, port: int) -> None:
    import waitress  # noqa: PLC0415 -- there on Windows only

    waitress.serve(application, host=host, port=port, threads=settings.threads, ident=None)
