"""What stands beside the text in parts of its own: footnotes, comments, and the numbers all marks share."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count

from exports import styles
from exports.document import Change, Comment, Language
from exports.wordml import Element, Revision, child, element, paragraph, run, serialised

FOOTNOTES_PART = "word/footnotes.xml"
COMMENTS_PART = "word/comments.xml"


class Notes:
    """Footnotes and comments while a document is being written; every number is given once, in document order."""

    def __init__(self, first_language: Language) -> None:
        self.first_language = first_language
        """The one in which comments hang on the text, so that each stands there once."""
        self._footnotes: Element | None = None
        self._comments: Element | None = None
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

    def add_footnote(self, line: Element, text: str, language: Language) -> None:
        """Append the reference of a new footnote saying `text` to the paragraph `line` (§17.11)."""
        if self._footnotes is None:
            self._footnotes = _new_footnotes()
        number = next(self._footnote_numbers)
        note = child(self._footnotes, "footnote", id=number)
        said = paragraph(note, styles.FOOTNOTE[language])
        child(_reference(said, styles.FOOTNOTE_REFERENCE), "footnoteRef")
        run(said, f" {text}" if language is Language.EN else text, language)
        child(_reference(line, styles.FOOTNOTE_REFERENCE), "footnoteReference", id=number)

    def begin_comment(self, line: Element, comment: Comment) -> int:
        """Begin the range that `comment` is about in the paragraph `line`; return its number (§17.13.4)."""
        if self._comments is None:
            self._comments = element("comments")
        number = next(self._comment_numbers)
        note = child(
            self._comments,
            "comment",
            id=number,
            author=comment.author,
            date=minute(comment.at),
            initials=comment.author[:3],
        )
        for place, passage in enumerate(comment.text.split("\n")):
            said = paragraph(note, styles.COMMENT)
            if not place:
                child(_reference(said, styles.COMMENT_REFERENCE), "annotationRef")
            run(said, passage, Language.ZH if _is_chinese(passage) else Language.EN)
        child(line, "commentRangeStart", id=number)
        return number

    def end_comment(self, line: Element, number: int) -> None:
        """End the range of comment `number` at the end of the paragraph `line`, and refer to it."""
        child(line, "commentRangeEnd", id=number)
        child(_reference(line, styles.COMMENT_REFERENCE), "commentReference", id=number)

    def parts(self) -> Mapping[str, bytes]:
        """Return the parts that are needed, by name."""
        return dict(self._parts())

    def _parts(self) -> Iterator[tuple[str, bytes]]:
        if self._footnotes is not None:
            yield FOOTNOTES_PART, serialised(self._footnotes)
        if self._comments is not None:
            yield COMMENTS_PART, serialised(self._comments)


@lru_cache(maxsize=64)
def minute(at: datetime) -> str:
    """Return `at` as Word writes the moment of a change: UTC, to the minute, for nobody needs to know the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00Z")


def _new_footnotes() -> Element:
    """Return a part with the two lines that Word draws above footnotes and none besides (§17.11.1, §17.11.23)."""
    root = element("footnotes")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        note = child(root, "footnote", type=kind, id=number)
        child(child(paragraph(note, "Normal"), "r"), kind)
    return root


def _reference(line: Element, style: str) -> Element:
    made = child(line, "r")
    child(child(made, "rPr"), "rStyle", val=style)
    return made


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)
