"""The words of the field as the interface explains them: what `docs/glossary.md` says to whoever uses the pages.

The words stand in both languages whatever the reader's; what they mean is said in the reader's own. A test holds this
module and that page to each other.
"""

import re
from dataclasses import dataclass
from typing import Final

from flask_babel.speaklater import LazyString

from workflow.domain.bilingual import Bilingual
from workflow.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field."""

    en: str
    zh: str
    meaning: LazyString

    @property
    def words(self) -> Bilingual:
        """The word in both languages."""
        return Bilingual(en=self.en, zh=self.zh)

    @property
    def anchor(self) -> str:
        """Where it stands on the page: ``ad-referendum``."""
        return re.sub(r"\W+", "-", self.en.lower()).strip("-")


#: In the order of `docs/glossary.md`, under its headings.
GLOSSARY: Final[tuple[tuple[LazyString, tuple[Term, ...]], ...]] = (
    (
        _l("Who takes part"),
        (
            Term("dialogue", "对话", _l("A series of sessions between the same delegations.")),
            Term(
                "particulars",
                "基本信息",
                _l("What is said of a dialogue as a whole: its names, the order of the sides, how documents look."),
            ),
            Term(
                "alteration", "更改", _l("What a field of the particulars, or of a session, said before and says now.")
            ),
            Term(
                "naming, names across",
                "跨方显示姓名",
                _l("That persons are named to all sides, for what they do while the heads of all consent."),
            ),
            Term("delegation", "代表团", _l("One side of a dialogue, named by its letters, such as US or CN.")),
            Term("account", "账户", _l("What somebody signs in with.")),
            Term(
                "membership",
                "成员身份",
                _l("One person’s part in one dialogue, in one role. It ends; it is never deleted."),
            ),
            Term("head", "团长", _l("Gives a side’s final word. A delegation may have two.")),
            Term("drafter", "起草人", _l("Holds a side’s pen: drafts, tables, answers.")),
            Term("translator", "语言官员", _l("Keeps both texts in concordance, and certifies it.")),
            Term("adviser", "顾问", _l("Reads and comments within a delegation.")),
            Term("observer", "观察员", _l("Reads what all sides share.")),
            Term(
                "secretariat",
                "秘书处",
                _l(
                    "Sees to procedure only: sessions, issuing, documents. It has no consent to give and reads no "
                    "private notes."
                ),
            ),
            Term(
                "operator", "系统运营者", _l("Whoever runs the server, and can technically read what is stored on it.")
            ),
            Term(
                "invitation",
                "邀请",
                _l(
                    "That somebody may take part: for one address, in one role, for a while, by a link that works once."
                ),
            ),
            Term(
                "term",
                "术语",
                _l("A word of the field whose counterpart in the other language the delegations agreed on."),
            ),
            Term("person", "人员", _l("Somebody named on a public participant list.")),
            Term("participant list", "与会人员名单", _l("One delegation’s public list at one session.")),
            Term("list confirmation", "名单确认", _l("A head’s word that the own list is right as it stands.")),
        ),
    ),
    (
        _l("When and where"),
        (
            Term("dialogue session", "会议", _l("One meeting of a dialogue.")),
            Term("place", "地点", _l("Where a session is held.")),
            Term("session dates", "日期", _l("The first and the last day, as one side’s calendar has them.")),
            Term("host", "主办方", _l("An institution that hosts a session.")),
            Term("exercise", "演练", _l("A fictional session; every page and document of it says so.")),
        ),
    ),
    (
        _l("The text"),
        (
            Term(
                "agreement",
                "共识文件",
                _l("One text in two languages, of one session: negotiated here, or recorded as published."),
            ),
            Term(
                "paragraph",
                "段落",
                _l(
                    "What is negotiated as one: a title, a heading, a narrative paragraph, a lead-in, a bullet, a "
                    "numbered item."
                ),
            ),
            Term(
                "lead-in", "引导语", _l("Opens a list, or the sections that follow, and governs what stands under it.")
            ),
            Term("tag", "标记", _l("What a paragraph is for: a recommendation, an agenda item.")),
            Term(
                "the text",
                "案文",
                _l("What an agreement says, in both languages. It changes; one of its wordings does not."),
            ),
            Term(
                "rolling text, Rev.n",
                "滚动案文",
                _l(
                    "The text in common of a whole agreement as it stands. Issuing freezes it as Rev.1, "
                    "Rev.2 and so on."
                ),
            ),
            Term(
                "clean text",
                "清洁案文",
                _l("Text without square brackets: all of it is agreed, or what is proposed to it is left out."),
            ),
            Term(
                "wording",
                "一版案文",
                _l(
                    "One numbered pair of texts of one paragraph, which never changes: another text is another wording."
                ),
            ),
            Term(
                "concordance",
                "文本一致性",
                _l("That both texts of a wording say the same. A language officer of each side certifies it."),
            ),
            Term("counterpart pending", "对应文本待补", _l("One of the two languages is still to be written.")),
            Term(
                "content hash",
                "内容哈希值",
                _l("Names a wording exactly: a changed character in either language makes another one."),
            ),
            Term("working title", "暂用标题", _l("One line to speak of a paragraph by; not part of the text.")),
            Term(
                "working number",
                "工作编号",
                _l(
                    "A paragraph’s number while a Rev. lasts, such as 4 or 4 bis. It is never printed in the adopted "
                    "text."
                ),
            ),
        ),
    ),
    (
        _l("Amending"),
        (
            Term(
                "draft",
                "草稿",
                _l("Text that the other side does not see: its author’s own, then shared in the delegation."),
            ),
            Term(
                "draft state",
                "保存记录",
                _l("What a draft said when it was saved, and who wrote it. To restore it is to save anew."),
            ),
            Term("draft presence", "正在编辑", _l("That a colleague has a draft open.")),
            Term(
                "hand over",
                "移交",
                _l("A named colleague is asked to go on with a draft, by a moment if one is named."),
            ),
            Term(
                "collision, fork",
                "两份文字",
                _l("Two texts written from one. Where they differ, a person chooses mine or theirs."),
            ),
            Term(
                "outline",
                "编排",
                _l(
                    "The order of the text as one side sees it: what is tabled, and its own drafts of new paragraphs "
                    "among it."
                ),
            ),
            Term(
                "beginning",
                "开始起草",
                _l("The first drafts of a text: from the last agreement, from what is typed, or from a file."),
            ),
            Term(
                "tabling",
                "一并提出",
                _l("Putting several drafts before the other side in one act: all of them or none."),
            ),
            Term("to table", "提出", _l("To put a draft before the other side.")),
            Term(
                "amendment",
                "修正案",
                _l(
                    "A change that one delegation has tabled: addition (ADD), change (MOD), editorial change, "
                    "deletion (SUP)."
                ),
            ),
            Term(
                "point",
                "要点",
                _l(
                    "Changes of an amendment that stand or fall together, in both languages. Unless its author groups "
                    "them, all of them are one."
                ),
            ),
            Term("amendment answer", "答复", _l("Another side accepts an amendment, or keeps it in brackets.")),
            Term(
                "bracket",
                "方括号",
                _l("Text that is not agreed stands in square brackets, the same ones in both languages."),
            ),
            Term("placeholder", "占位符", _l("A bracket typed by hand, such as [date]: open, but nobody’s.")),
            Term(
                "side text",
                "各方文本",
                _l("What one delegation wants a paragraph to say, whole, beside the text in common."),
            ),
            Term("redline", "修订对照", _l("A view of what changed, word by word. The record keeps whole texts.")),
            Term("severable", "可分割", _l("Said of points that can be accepted one by one, at once.")),
            Term("counter-proposal", "反提案", _l("An amendment that answers another side’s.")),
            Term(
                "carry-over",
                "移用",
                _l("Setting an amendment that was made against an earlier text against the present one."),
            ),
        ),
    ),
    (
        _l("Discussing"),
        (
            Term(
                "thread",
                "讨论串",
                _l(
                    "A remark and the replies to it. Who reads it, one delegation or all sides, is settled when it is"
                    " begun and never changes."
                ),
            ),
            Term("comment", "评论", _l("What somebody says in a thread.")),
            Term("quotation", "引文", _l("Words of a text that a thread is about, as they stood.")),
            Term("mention", "提及", _l("That a comment names a colleague or, before all sides, a delegation.")),
            Term(
                "task",
                "任务",
                _l("A comment given to a colleague to see to, by a stated moment. It is always a delegation’s own."),
            ),
        ),
    ),
    (
        _l("What is new"),
        (
            Term("news", "新动态", _l("What others have done since a page was opened, as far as its reader may know.")),
            Term(
                "table view",
                "会场投影",
                _l("One paragraph, large, for the whole room: what the secretariat has put on the table."),
            ),
        ),
    ),
    (
        _l("Consent and closing"),
        (
            Term(
                "position",
                "立场",
                _l("One delegation’s word on one exact text: agree, agree with a statement, ad referendum, reserve."),
            ),
            Term(
                "nothing is agreed until everything is agreed",
                "全部商定之前，任何内容均不视为商定",
                _l("What is agreed on single paragraphs holds for the time being, until the whole text is adopted."),
            ),
            Term("confirmation", "确认", _l("A side’s word on many texts in one reading: all of them or none.")),
            Term("ad referendum", "待核准", _l("Agreed, subject to the head’s confirmation.")),
            Term("reservation", "保留", _l("A side withholds its agreement, and says why.")),
            Term(
                "statement for the record",
                "记录在案的声明",
                _l("Attached to an agreement; it is printed only if both sides consent."),
            ),
            Term("standing", "状态", _l("Where a paragraph stands. The weakest that applies wins.")),
            Term("certificate", "一致性核证", _l("A language officer’s word that both texts say the same.")),
            Term("sign", "提示", _l("Something that software finds odd between the languages. People certify.")),
            Term(
                "to defer",
                "推迟",
                _l(
                    "To take text that is not agreed out of this agreement and put it on the agenda of the next "
                    "session, as it stands. All sides consent."
                ),
            ),
            Term(
                "deferral voice",
                "推迟意见",
                _l("One delegation’s consent to carry a paragraph to the next session, or its taking that back."),
            ),
            Term(
                "agenda item",
                "议程项目",
                _l(
                    "Something put on the agenda of the session after. It points to the paragraph that carries its "
                    "text."
                ),
            ),
            Term("disposal", "处理结果", _l("What a session did with an item on its agenda.")),
            Term(
                "issue", "印发", _l("A Rev.: the whole text frozen as a numbered listing, with fresh working numbers.")
            ),
            Term("renumbering", "新旧编号对照", _l("One row of a Rev.’s table of old and new numbers.")),
            Term(
                "motion",
                "动议",
                _l(
                    "What takes effect when every side consents: another place for a paragraph, a compromise, a "
                    "statement to be printed, finalising."
                ),
            ),
            Term(
                "compromise text",
                "折衷案文",
                _l(
                    "What the secretariat offers where the heads of all sides have asked for it. It is "
                    "common once all accept it."
                ),
            ),
            Term("finalising", "定稿", _l("Dropping and reverting what is not agreed, exactly as listed before.")),
            Term(
                "silence procedure",
                "默许程序",
                _l(
                    "Adoption at a stated moment, unless a side objects or amends before it. The heads of all sides "
                    "open it."
                ),
            ),
            Term(
                "adoption",
                "通过",
                _l("Both heads adopt the whole text, in both languages. Then nothing in it can change."),
            ),
            Term(
                "corrigendum",
                "更正",
                _l("The only change after adoption: what was wrong, what is right, in which language."),
            ),
        ),
    ),
    (
        _l("The record"),
        (
            Term("document", "文档", _l("A file made of the text, to be printed or taken home.")),
            Term(
                "alternat",
                "轮换制",
                _l(
                    "In its own edition of a document each side stands first: its language, its participant list, its "
                    "name in a pair. Agreed prose is never put in another order."
                ),
            ),
            Term("journal entry", "日志条目", _l("One act, on a record that only grows.")),
            Term("wait", "待办", _l("Something that a delegation still owes a paragraph.")),
            Term("comparison", "对比", _l("Two Revs, or a Rev. and the text now, difference by difference.")),
        ),
    ),
)
