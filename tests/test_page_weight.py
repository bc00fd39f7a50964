"""What a browser fetches to show the agreement page, compressed as it is sent."""

import gzip
import re
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from tests.databases import Begin
from tests.long_texts import a_long_text
from tests.web import SignIn

#: Bytes of everything but images, and of scripts.
MOST = 120_000
MOST_OF_SCRIPTS = 30_000

ASKED = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "none"}


def _sent(client: FlaskClient, address: str) -> tuple[int, str]:
    """Return how many bytes `address` is sent in, and what they say."""
    answer = client.get(address, headers=ASKED)
    assert answer.status_code == 200, address
    body = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data
    return len(answer.data), body.decode()


def weights(client: FlaskClient, page: str) -> dict[str, int]:
    """Return the bytes of `page` and of all that it has a browser fetch, images apart, by address."""
    found: dict[str, int] = {}
    found[page], text = _sent(client, page)
    scripts = re.findall(r'<script[^>]*\bsrc="([^"]+)"', text)
    waiting = [*re.findall(r'<link rel="(?:stylesheet|modulepreload)"[^>]*\bhref="([^"]+)"', text), *scripts]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address], source = _sent(client, address)
        if address.endswith(".js"):
            imported = re.findall(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"', source)
            waiting += [urljoin(address, one) for one in imported]
        else:
            assert not re.search(r"@font-face|@import", source), "fonts and further sheets would be fetched too"
    return found


@pytest.mark.parametrize("mode", ["negotiating", "clean"])
def test_the_agreement_page_is_light(sign_in: SignIn, writing: Begin, mode: str) -> None:
    with writing() as session:
        text = a_long_text(session, paragraphs=60, comments=60)
    client = sign_in(text.cast.us_drafter).client

    weight = weights(client, f"/agreements/{text.agreement.id}?mode={mode}")

    assert len(weight) >= 3, weight
    assert sum(weight.values()) <= MOST, weight
    assert sum(size for address, size in weight.items() if address.endswith(".js")) <= MOST_OF_SCRIPTS, weight
