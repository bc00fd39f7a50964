"""What the documents say of themselves, in both languages at once: they speak no interface's language.

The Chinese is the register of official documents.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import exports
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Standing
from workflow.domain.positions import Stance
from workflow.services.documents.choices import DocumentKind

EXERCISE: Final = exports.Notice(
    text=exports.Pair(
        "Exercise. The session and this text are fictional; nobody has said or agreed to any of it.",
        "演练文本。本次会议及本文内容均属虚构，不代表任何一方的立场或共识。",
    ),
    short=exports.Pair("Exercise — fictional", "演练——内容虚构"),
)
UNOFFICIAL_ZH: Final = exports.Notice(
    text=exports.Pair(
        "The Chinese text is an unofficial working translation. Only the English text was published as agreed.",
        "中文文本为非官方工作译文，仅供参考；经双方商定并发布的文本为英文文本。",
    ),
    short=exports.Pair("Chinese: unofficial working translation", "中文为非官方工作译文"),
)

TITLES: Final[Mapping[DocumentKind, exports.Pair]] = {
    DocumentKind.TEXT: exports.Pair("", ""),
    DocumentKind.NEGOTIATING: exports.Pair("Negotiating text", "谈判案文"),
    DocumentKind.WORKING_TABLE: exports.Pair("Working table", "工作对照表"),
    DocumentKind.FOUR_COLUMN: exports.Pair("Four-column table", "四栏对照表"),
    DocumentKind.REDLINE: exports.Pair("Redline", "修订对照"),
    DocumentKind.AGENDA: exports.Pair("Provisional agenda of the next session", "下次会议临时议程"),
    DocumentKind.PARTICIPANTS: exports.Pair("Participants", "与会人员名单"),
    DocumentKind.STATEMENTS: exports.Pair("Statements for the record", "记录在案的声明"),
    DocumentKind.POSITIONS: exports.Pair("Record of positions", "立场记录"),
    DocumentKind.CERTIFICATE: exports.Pair("Certificate", "证明页"),
}

STANDINGS: Final[Mapping[Standing, exports.Pair]] = {
    Standing.COUNTERPART_PENDING: exports.Pair("counterpart pending", "对应文本待补"),
    Standing.BRACKETED: exports.Pair("in brackets", "置于括号内"),
    Standing.RESERVED: exports.Pair("reserved", "有保留"),
    Standing.NO_POSITION: exports.Pair("no position yet", "尚未表态"),
    Standing.AD_REFERENDUM: exports.Pair("agreed ad referendum", "商定，尚待核准"),
    Standing.AGREED: exports.Pair("agreed", "已商定"),
    Standing.DEFERRED: exports.Pair("deferred", "推迟至下次会议"),
    Standing.WITHDRAWN: exports.Pair("withdrawn", "已撤回"),
    Standing.DELETED: exports.Pair("deleted", "已删除"),
    Standing.RECORDED: exports.Pair("as published", "发布文本"),
}

STANCES: Final[Mapping[Stance, exports.Pair]] = {
    Stance.AGREE: exports.Pair("agrees", "同意"),
    Stance.AGREE_WITH_STATEMENT: exports.Pair("agrees, with a statement for the record", "同意，并作记录在案的声明"),
    Stance.AD_REFERENDUM: exports.Pair("agrees ad referendum", "同意，尚待核准"),
    Stance.RESERVE: exports.Pair("reserves its position", "保留立场"),
    Stance.WITHDRAWN: exports.Pair("withdrew its position", "撤回立场"),
}


SECRETARIAT: Final = Bilingual("Secretariat", "秘书处")


def numbered(number: str) -> exports.Pair:
    """Return a working number as both languages cite it; nothing where there is none."""
    return exports.Pair(f"¶ {number}", f"第{number}段") if number else exports.NO_LABEL


def day(at: datetime) -> exports.Pair:
    """Return the day of `at`, in UTC, as both languages write it."""
    at = at.astimezone(UTC)
    return exports.Pair(f"{at:%B} {at.day}, {at.year}", f"{at.year}年{at.month}月{at.day}日")


def moment(at: datetime) -> exports.Pair:
    """Return the moment `at` as both languages write it, to the minute, in UTC."""
    hour = f"{at.astimezone(UTC):%H:%M}"
    return exports.Pair(f"{day(at).en}, {hour} UTC", f"{day(at).zh}{hour}（协调世界时）")


def pair(text: Bilingual) -> exports.Pair:
    """Return `text` as the export library takes it."""
    return exports.Pair(text.en, text.zh)
