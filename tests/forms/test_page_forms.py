"""What every form of a page has in common."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired

from workflow import i18n
from workflow.forms import WTFORMS_WORDS, OnTextForm
from workflow.forms.fields import choices


class _Form(OnTextForm):
    number = IntegerField(validators=[InputRequired()])
    choice = SelectField(choices=choices([("a", "A")]))


@pytest.fixture(autouse=True)
def app(_catalogues: None) -> Iterator[Flask]:
    """An application that has languages and nothing else."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    i18n.init_app(app)
    with app.test_request_context("/", method="POST"), force_locale("en"):
        yield app


def sent(**fields: str) -> _Form:
    return _Form(MultiDict(fields))


def test_a_form_carries_the_text_its_page_showed() -> None:
    key = uuid4()

    form = sent(face="0f0f", base=str(key))

    assert (form.seen_face, form.seen_base) == ("0f0f", key)


@pytest.mark.parametrize("base", ["", "none", "0", "' OR 1=1"])
def test_a_base_that_cannot_be_read_is_none(base: str) -> None:
    assert sent(base=base).seen_base is None


def test_a_page_that_forgot_to_say_what_it_showed_showed_nothing() -> None:
    form = sent()

    assert (form.seen_face, form.seen_base) == ("", None)


def test_the_library_speaks_chinese_too() -> None:
    with force_locale("zh_Hans"):
        form = sent(number="many", choice="z")
        assert not form.validate()

    assert form.errors == {"number": ["不是有效的整数。"], "choice": ["所选项无效。"]}


def test_every_sentence_of_the_library_that_we_know_has_chinese() -> None:
    with force_locale("zh_Hans"):
        assert [words for words in WTFORMS_WORDS if i18n.gettext(words) == words] == []


def test_numbers_are_said_by_the_catalogue() -> None:
    words = _Form(MultiDict()).meta.get_translations(None)

    assert words.ngettext("one", "many", 2) == "many"
