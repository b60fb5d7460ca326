"""Nobody is kept from membership for what the law protects; here it is looked for in words.

农村集体经济组织法 arts. 8, 18 and 妇女权益保障法: marriage, sex, having no son, study, service,
work elsewhere, prison, faith, health and the circumstances of a birth are no grounds. A pack has
no condition for any of them; this finds one that hides in a title, an id, a clause or a paper
asked for, in Chinese, English or pinyin.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    """One circumstance that is no ground.

    Attributes:
        title: as messages call it.
        said: how it is said in Chinese.
        spelt: words of an id, English or pinyin.
        stems: what betrays it anywhere in an id, separators left out.
    """

    title: str
    said: re.Pattern[str]
    spelt: frozenset[str]
    stems: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        plain = _plain(text)
        return self.said.search(plain) is not None or self._is_spelt(plain)

    def _is_spelt(self, plain: str) -> bool:
        words = re.findall("[a-z]+", plain)
        whole = "".join(words)
        return not self.spelt.isdisjoint((*words, whole)) or self.stems.search(whole) is not None


def _subject(title: str, said: str, spelt: str, stems: str) -> Subject:
    return Subject(title, re.compile(said), frozenset(spelt.split()), re.compile(stems))


_MARRIAGE = _subject(
    "婚姻",
    "婚|嫁|娶|赘|过门|媳|女婿|配偶|夫家|婆家|娘家|丈夫|妻|寡妇|鳏|丧偶|亡夫|倒插门|单身|离异|改醮|出阁",
    "wed weds wife wives bride widow widows single sangou zhuixu jiaru waijia gaijia hunyin",
    "marri|marry|marital|wedding|husband|spouse|divorc|widow|bachelor|spinster"
    "|jiehun|lihun|zaihun|weihun|yihun|sangou|waijia|chujia|ruzhui|zhaozhui|shangmennvxu",
)
_SEX = _subject(
    "性别",
    "(?<![子儿])女|男|妇|性别|闺|姑娘",
    "sex male males female man men girl girls boy boys nv nan nvxing nanxing xingbie",
    "female|woman|women|gender|daughter|maiden|nvxing|nanxing|xingbie|funv|nver",
)
_SONS = _subject(
    "有无儿子",
    "无子(?!女)|无儿|没有儿|没儿|儿子|双女户|独女户|纯女户|绝户|男丁",
    "son sons sonless wuzi wuer erzi",
    "noson|sonless|withoutson|wuerzi|meiyouerzi|chunnvhu|junvhu",
)
_STUDY = _subject(
    "就学",
    "上学|就学|在校|学生|求学|升学|大学|大专|中专|读书|念书|学籍|考学|毕业|留学",
    "pupil pupils campus shangxue jiuxue zaixiao xuesheng biye",
    "student|study|school|college|universit|graduat|enrol|shangxue|jiuxue|zaixiao|xuesheng|biyesheng",
)
_SERVICE = _subject(
    "服役",
    "服役|现役|入伍|参军|当兵|军人|士兵|义务兵|军士|士官|军官|退伍|退役|部队",
    "army troop troops serving conscript fuyi xianyi ruwu canjun junren shibing",
    "soldier|militar|conscript|enlist|veteran|armedforce|canjun|junren|shibing|yiwubing",
)
_WORK = _subject(
    "务工经商",
    "务工|打工|外出|经商|做生意|进城|在外工作|外地工作|常年在外|长期在外|个体户|开店|下海",
    "work works working worker job trade trader trading away absent dagong wugong",
    "migrantwork|migrant|labou?rer|workaway|workelsewhere|merchant|business|shopkeep"
    "|wugong|dagong|jingshang|waichu|zuoshengyi",
)
_PRISON = _subject(
    "服刑、戒毒",
    "服刑|监狱|坐牢|判刑|罪|犯人|劳改|劳教|刑满|刑罚|徒刑|拘役|羁押|戒毒|吸毒|涉毒|毒品",
    "jail gaol crime drug drugs rehab fuxing xidu jiedu laogai zuolao",
    "prison|jail|convict|criminal|inmate|detain|addict|narcotic|jianyu|fuxing|laogai|xidu|jiedu",
)
_HEALTH = _subject(
    "健康",
    "残疾|患病|疾病|精神病|艾滋|智力|失能",
    "ill sick hiv canji",
    "disab|illness|sickness|disease|mental|handicap|canji|jingshenbing",
)
_FAITH = _subject(
    "宗教、民族",
    "宗教|信教|信仰|教徒|佛教|基督|伊斯兰|天主|民族|汉族",
    "faith church zongjiao minzu",
    "religio|believer|buddh|christian|muslim|islam|ethnic|zongjiao|xinjiao|minzu",
)
_BIRTH = _subject(
    "出生情况",
    "超生|计划外|计划生育|计生|非婚生|私生|社会抚养费|多孩|黑户|未落户|没有户口|未上户",
    "chaosheng heihu sisheng",
    "overquota|unplanned|illegitim|wedlock|extrabirth|unregisteredchild|chaosheng|feihunsheng|heihu",
)

SUBJECTS: Final = (
    _MARRIAGE,
    _SEX,
    _SONS,
    _STUDY,
    _SERVICE,
    _WORK,
    _PRISON,
    _HEALTH,
    _FAITH,
    _BIRTH,
)
ASKED_OF_NOBODY: Final = {
    _MARRIAGE: "妇女权益保障法",
    _SONS: "妇女权益保障法",
    _FAITH: "宪法第三十三条、第三十六条",
}
"""What no benefit, right or share may depend on either, with the law that says so."""

CONFIDENTIAL: Final = (_PRISON, _HEALTH)
"""What is not even named as a protection: a record would show it of the person."""

NARROWING: Final = _subject(
    "未婚、性别、有无儿子、宗教",
    "未婚|未嫁|未出嫁|单身|没有结婚|尚未结婚|男性|男丁|男子|女性|无子(?!女)|无儿|没有儿|儿子"
    "|双女户|独女户|纯女户|宗教|信教|汉族|(?:仅限|只限|限于|限).{0,6}(?:男|女|婿|媳)",
    "single male female son sons sonless",
    "unmarri|notmarri|bachelor|spinster|noson|sonless|gender|religio|weihun|weijia|nanxing|chunnvhu",
)
"""What no ground for a membership may be narrowed to, e.g. to unmarried daughters."""
_VARIANTS = str.maketrans(
    "結離婦喪務經學軍監獄偶戶無兒殘別贅寡徵惡", "结离妇丧务经学军监狱偶户无儿残别赘寡征恶"
)
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00b7\u2026.*~`'\"\u2018-\u201d|/\\]+")
_SENTENCE_END = re.compile("[。；;！!？?]|但是|但|不过|然而")
_CLAUSE_END = re.compile("[，,：:]")
_DENIAL = re.compile("不因|不得因|不得以|不以|不论|无论|不问|不分|不管")
_DENIED_AFTER = re.compile("不影响|无关|不受影响|不改变")
_TURN = re.compile("而|却|因")
_LOSS = re.compile(
    "丧失|失去|取消|终止|剥夺|排除|清退|除名|除外|不予|不再|不享|不列入|不计入|不确认|不建议确认|不承认"
    "|不是(?:本社|本村|集体)?成员|不具有|不能(?:确认|享|成为|列)|不得(?:确认|享|列|登记|成为|参加)"
)
_PRETEXT = re.compile("不得以.*为由")
_PROTECTION = re.compile("不得|不因|不会|不能|不应|不影响|不可|禁止")


def named(text: str, subjects: tuple[Subject, ...] = SUBJECTS) -> str | None:
    """Which of the subjects a title or an id speaks of, if any.

    >>> named("外嫁女"), named("is_divorced"), named("已录用为公务员")
    ('婚姻', '婚姻', None)
    """
    return next((subject.title for subject in subjects if subject.is_in(text)), None)


def made_a_ground(text: str, subjects: tuple[Subject, ...] = SUBJECTS) -> str | None:
    """Which subject a clause speaks of without denying that it matters.

    >>> made_a_ground("出嫁后户口迁走的，不建议确认。"), made_a_ground("不论是否结婚，都要核对。")
    ('婚姻', None)
    """
    clauses = [c for s in _sentences(text) for c in _CLAUSE_END.split(s)]
    found = (s.title for c in clauses for s in subjects if s.is_in(c) and not _is_denied(c, s))
    return next(found, None)


def turned_against(text: str) -> str | None:
    """For which subject a clause that confirms or protects takes something away after all.

    >>> turned_against("妇女结婚后不再享受。"), turned_against("不得以结婚为由，取消权益。")
    ('婚姻', None)
    """
    sentences = (s for s in _sentences(text) if _takes_away(s))
    return next(filter(None, map(named, sentences)), None)


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(_plain(text))


def _is_denied(clause: str, subject: Subject) -> bool:
    """Whether `不因…`, with no turn between, stands before it, or `不影响` after it."""
    spoken = [*subject.said.finditer(clause)]
    if not spoken:
        return False
    first, last = spoken[0].start(), spoken[-1].end()
    denials = [*_DENIAL.finditer(clause[:first])]
    before = bool(denials) and _TURN.search(clause[denials[-1].end() : first]) is None
    after = _DENIED_AFTER.search(clause[last:])
    return before or (after is not None and _LOSS.search(clause[last:]) is None)


def _takes_away(sentence: str) -> bool:
    """Whether a clause of it says a loss that isn't denied there, nor by `不得以…为由` before."""
    if _PRETEXT.search(sentence):
        return False
    return any(map(_is_loss, _CLAUSE_END.split(sentence)))


def _is_loss(clause: str) -> bool:
    found = _LOSS.search(clause)
    return found is not None and _PROTECTION.search(clause[: found.start()]) is None


def _plain(text: str) -> str:
    """Compatibility forms, spaces, dots and traditional characters made plain; lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _INVISIBLE.sub("", folded.translate(_VARIANTS))
