"""The bilingual document in two columns, one language beside the other."""

from exports import styles
from exports.columns import Columns, Run
from exports.document import PENDING, AgreementDocument, Language, Paragraph
from exports.frame import add_gap, add_opening, mark_pages
from exports.package import blank, describe, new_body, packed
from exports.participants import add_participants


def write_two_column(agreement: AgreementDocument) -> bytes:
    """Return `agreement` as a ``.docx`` with its two languages in parallel columns.

    Shape:
        Cover lines and notices across the page, then one table: the names of the
        languages, repeated on each page; a row per paragraph; the participant lists, a
        row per participant. The edition's language stands on the left.

        The text of each paragraph is a run of its own, and its label, where it has one,
        another before it, so that what was agreed can be read back without the other::

            (1)<tab>All subsidies …     （1）<tab>所有补贴……

    Source:
        The arrangement follows bilingual treaty prints; the page marks follow the
        dialogue's own practice of saying on each page what a paper is.

    """
    profile = styles.NEUTRAL
    document = blank(profile, agreement.paper)
    describe(document, name=agreement.name[agreement.edition], as_of=agreement.as_of)

    content = new_body()
    add_opening(content, agreement)
    columns = Columns(content, languages=agreement.languages, profile=profile, paper=agreement.paper)
    for paragraph in agreement.paragraphs:
        _add_paragraph(columns, paragraph)
    for participants in agreement.participant_lists:
        add_participants(columns, participants)
    add_gap(content)

    mark_pages(document, agreement, pages=columns.height // styles.text_height(profile, agreement.paper) + 1)
    return packed(document, content)


def _add_paragraph(columns: Columns, paragraph: Paragraph) -> None:
    columns.add(styles.PARAGRAPH[paragraph.kind], en=_runs(paragraph, Language.EN), zh=_runs(paragraph, Language.ZH))


def _runs(paragraph: Paragraph, language: Language) -> tuple[Run, ...]:
    label, text = paragraph.label[language], paragraph.texts[language]
    said = Run(text) if text.strip() else Run(PENDING[language], styles.PENDING)
    return (Run(label, styles.LABEL, tabbed=True), said) if label else (said,)
