"""Style and script as pages ask for them: one stylesheet, and addresses that change when a file does.

The sources stay one file per component. What they make together is put together when the
program starts and kept in memory; each address names the version of all of them, so a
browser keeps what it has for good and asks anew after an update. Answered before the
application: no session is opened, and no cookie stands on what everybody may keep.
"""

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from flask import Flask
from werkzeug import Request, Response

from workflow.headers import on_everything

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_BEFORE_THE_VERSION: Final = "/static/v-"
_IMPORT: Final = re.compile(r'@import url\("([^"]+)"\);')
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
#: An older page asks for its files under their old address; what it is given must not be kept there.
_FOR_NOW: Final = "no-cache"
#: How long the sources go unwatched, in seconds.
_BETWEEN_LOOKS: Final = 1.0
#: Bytes from which compressing is worth it.
_LEAST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as it is sent."""

    body: bytes
    compressed: bytes | None
    mimetype: str
    etag: str


class Assets:
    """The files under one folder, by their names in it."""

    def __init__(self, folder: Path, *, watched: bool, is_https: bool) -> None:
        """Read the files of `folder`; again whenever one changes, if they are `watched`."""
        self._folder = folder
        self._watched = watched
        self._headers = on_everything(is_https=is_https)
        self._looked = monotonic()
        self._stamp = self._stamped() if watched else ()
        self._files, self._version = _read(folder)

    @property
    def version(self) -> str:
        """What names the present state of all of them."""
        if self._watched and monotonic() - self._looked > _BETWEEN_LOOKS:
            self._looked = monotonic()
            if (stamp := self._stamped()) != self._stamp:
                self._stamp = stamp
                self._files, self._version = _read(self._folder)
        return self._version

    def in_front_of(self, application: "WSGIApplication") -> "WSGIApplication":
        """Return `application` behind what answers for these files."""

        def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            path: str = environ.get("PATH_INFO", "")
            if not path.startswith(_BEFORE_THE_VERSION):
                return application(environ, start_response)
            version, _, name = path.removeprefix(_BEFORE_THE_VERSION).partition("/")
            return self._answer(Request(environ), version, name)(environ, start_response)

        return answer

    def _answer(self, request: Request, version: str, name: str) -> Response:
        present = self.version
        asset = self._files.get(name)
        if asset is None or request.method not in {"GET", "HEAD"}:
            return Response(status=404, headers=self._headers)
        response = Response(asset.body, mimetype=asset.mimetype, headers=self._headers)
        response.vary.add("Accept-Encoding")
        etag = asset.etag
        if asset.compressed is not None and request.accept_encodings["gzip"] > 0:
            response.set_data(asset.compressed)
            response.content_encoding = "gzip"
            etag += "-gzip"
        response.set_etag(etag)
        response.headers["Cache-Control"] = _FOR_GOOD if version == present else _FOR_NOW
        return response.make_conditional(request)

    def _stamped(self) -> tuple[object, ...]:
        return tuple((path, path.stat().st_mtime_ns) for path in sorted(self._folder.rglob("*.*")))


def init_app(app: Flask, *, watched: bool, is_https: bool) -> None:
    """Let ``url_for("static", …)`` name versions, and `app` answer for them."""
    assets = Assets(Path(str(app.static_folder)), watched=watched, is_https=is_https)
    app.add_url_rule(f"{_BEFORE_THE_VERSION}<version>/<path:filename>", endpoint="static", build_only=True)

    @app.url_defaults
    def name_the_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("version", assets.version)

    app.wsgi_app = assets.in_front_of(app.wsgi_app)  # type: ignore[assignment, method-assign]  # Flask's own way


def composed(index: Path) -> str:
    """Return the stylesheet `index` with the files it names in their places, in its order."""
    return _IMPORT.sub(lambda named: (index.parent / named[1]).read_text("utf-8"), index.read_text("utf-8"))


def _read(folder: Path) -> tuple[Mapping[str, Asset], str]:
    files = {}
    whole = sha256()
    for path in sorted(folder.rglob("*.*")):
        name = path.relative_to(folder).as_posix()
        body = composed(path).encode() if path.suffix == ".css" else path.read_bytes()
        whole.update(f"{name}\0{len(body)}\0".encode() + body)
        files[name] = _asset(path.name, body)
    return files, whole.hexdigest()[:16]


def _asset(name: str, body: bytes) -> Asset:
    mimetype = "text/javascript" if name.endswith(".js") else guess_type(name)[0] or "application/octet-stream"
    is_text = mimetype.startswith("text/") or mimetype.endswith("+xml")
    return Asset(
        body=body,
        compressed=gzip.compress(body, 9, mtime=0) if is_text and len(body) >= _LEAST else None,
        mimetype=mimetype,
        etag=sha256(body).hexdigest()[:16],
    )
