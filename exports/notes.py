"""What stands beside the text in parts of its own: footnotes, comments, and the numbers all marks share."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count

from exports import styles
from exports.document import Change, Comment, Language
from exports.markup import Revision, attribute, paragraph, reference, run
from exports.wordml import element, serialised_around

FOOTNOTES_PART = "word/footnotes.xml"
COMMENTS_PART = "word/comments.xml"

#: The two lines that Word draws above footnotes (§17.11.1, §17.11.23).
_SEPARATORS = tuple(
    f'<w:footnote w:type="{kind}" w:id="{number}">{paragraph("Normal", f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


class Notes:
    """Footnotes and comments while a document is being written; every number is given once, in document order."""

    def __init__(self, first_language: Language) -> None:
        self.first_language = first_language
        """The one in which comments hang on the text, so that each stands there once."""
        self._footnotes: list[str] = []
        self._comments: list[str] = []
        self._footnote_numbers = count(1)
        self._comment_numbers = count(0)
        self._numbers = count(1)
        """Of revisions and bookmarks."""

    def number(self) -> int:
        """Return the next number for a mark."""
        return next(self._numbers)

    def revision(self, change: Change, author: str, at: datetime) -> Revision:
        """Return a new mark of `change`."""
        return Revision(number=self.number(), change=change, author=author, date=minute(at))

    def footnote(self, text: str, language: Language) -> str:
        """Return the reference of a new footnote saying `text` (§17.11)."""
        number = next(self._footnote_numbers)
        words = run(f" {text}" if language is Language.EN else text, language)
        sign = reference(styles.FOOTNOTE_REFERENCE, "<w:footnoteRef/>")
        said = paragraph(styles.FOOTNOTE[language], sign + words)
        self._footnotes.append(f'<w:footnote w:id="{number}">{said}</w:footnote>')
        return reference(styles.FOOTNOTE_REFERENCE, f'<w:footnoteReference w:id="{number}"/>')

    def comment(self, comment: Comment) -> tuple[str, str]:
        """Return what begins and what ends the range that `comment`, a new one, is about (§17.13.4)."""
        number = next(self._comment_numbers)
        author, initials = attribute(comment.author), attribute(comment.author[:3])
        passages = [
            run(passage, Language.ZH if _is_chinese(passage) else Language.EN) for passage in comment.text.split("\n")
        ]
        passages[0] = reference(styles.COMMENT_REFERENCE, "<w:annotationRef/>") + passages[0]
        said = "".join(paragraph(styles.COMMENT, passage) for passage in passages)
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{author}" w:date="{minute(comment.at)}" w:initials="{initials}">'
            f"{said}</w:comment>"
        )
        return f'<w:commentRangeStart w:id="{number}"/>', (
            f'<w:commentRangeEnd w:id="{number}"/>'
            + reference(styles.COMMENT_REFERENCE, f'<w:commentReference w:id="{number}"/>')
        )

    def parts(self) -> Mapping[str, bytes]:
        """Return the parts that are needed, by name."""
        return dict(self._parts())

    def _parts(self) -> Iterator[tuple[str, bytes]]:
        if self._footnotes:
            yield FOOTNOTES_PART, _part("footnotes", (*_SEPARATORS, *self._footnotes))
        if self._comments:
            yield COMMENTS_PART, _part("comments", self._comments)


@lru_cache(maxsize=64)
def minute(at: datetime) -> str:
    """Return `at` as Word writes the moment of a change: UTC, to the minute, for nobody needs to know the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00Z")


def _part(name: str, notes: Iterable[str]) -> bytes:
    root = element(name)
    return serialised_around(root, root, "".join(notes).encode())


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)
