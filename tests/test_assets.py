"""Style and script under addresses that change with them, kept by browsers for good."""

import gzip
import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from workflow import assets
from workflow.assets import Assets, composed
from workflow.headers import ON_EVERYTHING
from workflow.serving import with_static_files

STATIC = Path(assets.__file__).resolve().parent / "static"
COMPRESSED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: a test here puts another server in front of it."""
    return own_app


def _named(client: FlaskClient, what: str) -> str:
    return str(re.findall(rf'(?:href|src)="([^"]*{what})"', client.get("/sign-in").text)[0])


def test_a_page_asks_for_one_stylesheet_and_for_nothing_without_a_version(client: FlaskClient) -> None:
    asked = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/sign-in").text)

    assert sum(one.endswith(".css") for one in asked) == 1
    assert [one for one in asked if not re.match(r"/static/v-[0-9a-f]{16}/", one)] == []


def test_the_stylesheet_holds_every_source_in_the_order_of_the_index(client: FlaskClient) -> None:
    sent = client.get(_named(client, "app.css")).text
    index = (STATIC / "css" / "app.css").read_text()
    sources = [(STATIC / "css" / name).read_text() for name in re.findall(r'@import url\("([^"]+)"\);', index)]

    assert "@import" not in sent
    places = [sent.index(source) for source in sources]
    assert places == sorted(places)
    assert len(places) > 40


def test_no_source_refers_to_a_file_beside_it() -> None:
    """Put into another file, it would look for it elsewhere."""
    assert [path.name for path in STATIC.rglob("*.css") if "url(" in path.read_text() and path.name != "app.css"] == []


@pytest.mark.parametrize("name", ["app.css", "unsaved.js", "favicon.svg"])
def test_a_browser_keeps_it_for_good_and_no_cookie_stands_on_it(client: FlaskClient, name: str) -> None:
    answer = client.get(_named(client, name))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]
    assert {key: answer.headers.get(key) for key in ON_EVERYTHING} == ON_EVERYTHING


def test_it_comes_compressed_for_who_can_read_that_and_each_form_has_its_own_tag(client: FlaskClient) -> None:
    address = _named(client, "app.css")
    plain, small = client.get(address), client.get(address, headers=COMPRESSED)

    assert gzip.decompress(small.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != small.headers["ETag"]
    again = client.get(address, headers=COMPRESSED | {"If-None-Match": small.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_an_older_page_asks_for_is_given_and_not_kept(client: FlaskClient) -> None:
    older = re.sub(r"v-[0-9a-f]+", "v-0", _named(client, "app.css"))

    assert client.get(older).status_code == 200
    assert client.get(older).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/v-0/../config.py", "/static/v-0/", "/static/v-0/css", "/static/v-0", "/static/v-"]
)
def test_nothing_else_is_given(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_it_takes_nothing_but_questions(client: FlaskClient) -> None:
    assert client.post(_named(client, "app.css")).status_code == 404


def test_it_is_served_behind_the_server_for_static_files_too(app: Flask) -> None:
    address = _named(app.test_client(), "app.css")
    app.wsgi_app = with_static_files(app)  # type: ignore[assignment, method-assign]  # as `serve` does

    assert app.test_client().get(address).headers["Cache-Control"].endswith("immutable")


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "app.css").write_text('@import url("one.css");\n')
    (tmp_path / "css" / "one.css").write_text(".one { margin: 0; }\n")
    return tmp_path


def test_a_change_makes_another_version(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = Assets(folder, watched=False, is_https=False).version

    (folder / "css" / "one.css").write_text(".one { margin: 1px; }\n")

    assert Assets(folder, watched=False, is_https=False).version != before


@pytest.mark.parametrize(("watched", "is_noticed"), [(True, True), (False, False)])
def test_sources_are_read_again_where_they_are_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, watched: bool, is_noticed: bool
) -> None:
    times = iter(range(0, 1000, 10))
    monkeypatch.setattr(assets, "monotonic", lambda: float(next(times)))
    folder = _folder(tmp_path)
    made = Assets(folder, watched=watched, is_https=False)
    before = made.version

    source = folder / "css" / "one.css"
    source.write_text(".one { margin: 1px; }\n")
    os.utime(source, ns=(1, 1))

    assert (made.version != before) is is_noticed


def test_over_https_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    app = Flask("a_site", static_folder=str(_folder(tmp_path)))
    assets.init_app(app, watched=False, is_https=True)
    with app.test_request_context():
        address = app.url_for("static", filename="css/app.css")

    assert app.test_client().get(address).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_sheet_that_names_none_stays_as_it_is(tmp_path: Path) -> None:
    assert composed(_folder(tmp_path) / "css" / "one.css") == ".one { margin: 0; }\n"
