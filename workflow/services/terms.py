"""The terms of a dialogue: what cuts its Chinese into words, and what counterpart each English term has."""

from collections.abc import Mapping

from workflow.domain.words import Words
from workflow.models import Agreement
from workflow.segmenter import words_for


def words_of(agreement: Agreement) -> Words:
    """Return what cuts the Chinese of `agreement` into words: the terms of its dialogue stay whole."""
    return words_for(term.text.zh for term in agreement.dialogue.terms)


def counterparts(agreement: Agreement) -> Mapping[str, str]:
    """Return the terms of the dialogue of `agreement`, English to Chinese."""
    return {term.text.en: term.text.zh for term in agreement.dialogue.terms}
