"""Pages are compressed for their own readers, and for nobody who could learn from their length."""

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from workflow import compression

TEXT = "<p>" + "The text of an agreement. " * 200


def _site(*, is_https: bool) -> FlaskClient:
    app = Flask("a_site")
    compression.init_app(app, is_https=is_https)
    app.add_url_rule("/page", view_func=lambda: TEXT, endpoint="page")
    app.add_url_rule("/small", view_func=lambda: "<p>little", endpoint="small")
    app.add_url_rule("/json", view_func=lambda: {"much": TEXT}, endpoint="json")
    app.add_url_rule(
        "/copy", view_func=lambda: Response(TEXT, headers={"Content-Disposition": "attachment"}), endpoint="c"
    )

    @app.get("/tagged")
    def tagged() -> Response:
        answer = Response(TEXT)
        answer.set_etag("of-this-page")
        return answer

    return app.test_client()


def _asked(by: str | None, encoding: str = "gzip, deflate, br") -> dict[str, str]:
    return {"Accept-Encoding": encoding} | ({"Sec-Fetch-Site": by} if by else {})


@pytest.mark.parametrize(
    ("by", "is_https", "is_compressed"),
    [
        pytest.param("same-origin", True, True, id="this site"),
        pytest.param("none", True, True, id="the reader by hand"),
        pytest.param("cross-site", True, False, id="another site"),
        pytest.param("same-site", True, False, id="a neighbour of the same owner"),
        pytest.param(None, True, False, id="a browser that does not say"),
        pytest.param("cross-site", False, False, id="another site, to an open line"),
        pytest.param(None, False, True, id="a browser that does not say, over an open line"),
    ],
)
def test_a_page_is_compressed_unless_another_site_may_have_asked(
    by: str | None, *, is_https: bool, is_compressed: bool
) -> None:
    answer = _site(is_https=is_https).get("/page", headers=_asked(by))

    assert answer.headers.get("Content-Encoding") == ("gzip" if is_compressed else None)
    assert (gzip.decompress(answer.data) if is_compressed else answer.data) == TEXT.encode()
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Encoding", "Sec-Fetch-Site"}
    assert answer.content_length == len(answer.data)


@pytest.mark.parametrize("encoding", ["", "br", "gzip;q=0", "identity"])
def test_nobody_is_sent_what_they_cannot_read(encoding: str) -> None:
    assert "Content-Encoding" not in _site(is_https=True).get("/page", headers=_asked("none", encoding)).headers


@pytest.mark.parametrize("path", ["/small", "/json", "/copy"])
def test_small_pages_documents_and_what_is_no_page_go_as_they_are(path: str) -> None:
    assert "Content-Encoding" not in _site(is_https=True).get(path, headers=_asked("none")).headers


def test_a_tag_says_that_the_bytes_may_be_others() -> None:
    site = _site(is_https=True)

    assert site.get("/tagged", headers=_asked("none")).headers["ETag"] == 'W/"of-this-page"'
    assert site.get("/tagged").headers["ETag"] == '"of-this-page"'
