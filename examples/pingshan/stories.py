"""Households with a story: what the tests and the demonstration look for, by number from 1."""

from dataclasses import dataclass

from people import Person, Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One household as told: people as `relation sex year key=value …`, and its land.

    Attributes:
        group: place in the list of groups.
        plots: how many contracted parcels.
        homestead: whether it has a building site.
        benefits: `place item yuan basis` for the sheet 待遇; place 0 is the whole household.
    """

    title: str
    people: tuple[str, ...]
    group: int = 0
    plots: int = 3
    homestead: bool = True
    benefits: tuple[str, ...] = ()


_TWINS = "何国强"

STORIES = (
    Story(
        title="三代五口之家",
        people=(
            "户主 男 1962 姓名=陈明礼 婚姻=已婚 农龄=1980-01至2009-06",
            "妻 女 1964 姓名=罗秀英 婚姻=已婚 农龄=27",
            "母亲 女 1938 姓名=杨正芬 婚姻=丧偶 农龄=44",
            "长子 男 1988 姓名=陈浩然 婚姻=未婚 备注=外出务工人员 农龄=3",
            "长女 女 1994 姓名=陈雨欣 婚姻=未婚 特征=在校生",
        ),
        plots=5,
        benefits=("0 种粮直补 32.50 种粮补贴一折通",),
    ),
    Story(
        title="少数民族成员，姓名含间隔号",
        people=(
            "户主 男 1979 姓名=冉启江 民族=土家族 婚姻=已婚 农龄=12",
            "妻 女 1982 姓名=阿依古丽·买买提 民族=维吾尔族 婚姻=已婚 农龄=4",
            "长子 男 2005 姓名=冉子轩 民族=土家族",
        ),
    ),
    Story(
        title="现役军人",
        people=(
            "户主 男 1958 婚姻=已婚 农龄=32",
            "妻 女 1961 婚姻=已婚 农龄=30",
            "长子 男 1989 婚姻=未婚 备注=现役军人",
        ),
        benefits=("3 义务兵家庭优待金 166.67 入伍通知书",),
    ),
    Story(
        title="两名在校大学生",
        people=(
            "户主 男 1965 婚姻=已婚 农龄=25",
            "妻 女 1966 婚姻=已婚 农龄=25",
            "长女 女 1988 婚姻=未婚 备注=在校大中专学生 特征=在校生",
            "长子 男 1990 婚姻=未婚 备注=在校大中专学生 特征=在校生",
        ),
    ),
    Story(
        title="外嫁女，户口未迁出",
        people=(
            "户主 男 1955 婚姻=已婚 农龄=36",
            "妻 女 1957 婚姻=已婚 农龄=34",
            "长女 女 1983 婚姻=已婚 备注=外嫁女 农龄=6 说明=嫁往外县，户口和承包地均未变动",
        ),
    ),
    Story(
        title="入赘女婿",
        people=(
            "户主 男 1952 婚姻=已婚 农龄=38",
            "妻 女 1954 婚姻=已婚 农龄=37",
            "长女 女 1980 婚姻=已婚 农龄=10",
            "女婿 男 1978 婚姻=已婚 备注=入赘男 农龄=8",
            "外孙女 女 2004",
        ),
        plots=4,
    ),
    Story(
        title="部分成员已是非农业户口",
        people=(
            "户主 男 1960 婚姻=已婚 农龄=31",
            "妻 女 1963 婚姻=已婚 农龄=28",
            "长子 男 1986 婚姻=已婚 户口=非农业 说明=2008年因就业转为非农业户口",
            "儿媳 女 1987 婚姻=已婚 户口=非农业 说明=随夫转户",
        ),
    ),
    Story(
        title="空巢老人夫妇",
        people=(
            "户主 男 1935 婚姻=已婚 农龄=44 特征=高龄",
            "妻 女 1939 婚姻=已婚 农龄=40",
        ),
        plots=2,
    ),
    Story(
        title="五保老人",
        people=("户主 男 1931 婚姻=未婚 农龄=44 特征=特困",),
        plots=1,
        benefits=("1 农村五保供养 120.00 五保供养证",),
    ),
    Story(
        title="低保户，有残疾人",
        people=(
            "户主 女 1959 婚姻=丧偶 农龄=28 特征=低保",
            "长子 男 1984 婚姻=未婚 特征=低保、残疾 农龄=2",
        ),
        plots=2,
        benefits=("1 农村低保 65.00 农村低保证", "2 农村低保 85.00 农村低保证"),
    ),
    Story(
        title="退役军人",
        people=(
            "户主 男 1948 婚姻=已婚 农龄=33 特征=退役军人",
            "妻 女 1950 婚姻=已婚 农龄=36",
            "次子 男 1979 婚姻=未婚 备注=外出务工人员 农龄=9",
        ),
    ),
    Story(
        title="独生子女家庭",
        people=(
            "户主 男 1968 婚姻=已婚 农龄=20 特征=独生子女父母",
            "妻 女 1970 婚姻=已婚 农龄=18 特征=独生子女父母",
            "独生女 女 1995 婚姻=未婚 特征=在校生",
        ),
        benefits=("0 独生子女保健费 10.00 独生子女父母光荣证",),
    ),
    Story(
        title="服刑人员",
        people=(
            "户主 男 1956 婚姻=已婚 农龄=33",
            "妻 女 1958 婚姻=已婚 农龄=31",
            "长子 男 1985 婚姻=未婚 备注=服刑人员",
        ),
        group=1,
    ),
    Story(
        title="与下一户共有一块地的兄长",
        people=("户主 男 1961 姓名=万德福 婚姻=已婚 农龄=30", "妻 女 1963 婚姻=已婚 农龄=28"),
        group=1,
    ),
    Story(
        title="与上一户共有一块地的弟弟",
        people=(
            "户主 男 1966 姓名=万德贵 婚姻=已婚 农龄=25",
            "妻 女 1968 婚姻=已婚 农龄=23",
            "长子 男 1992 婚姻=未婚 特征=在校生",
        ),
        group=1,
    ),
    Story(
        title="空挂户：不务农，无地无房",
        people=("户主 男 1971 婚姻=离婚 备注=其他 说明=1998年为子女入学挂靠，从未在村居住",),
        group=1,
        plots=0,
        homestead=False,
    ),
    Story(
        title="五代同堂",
        people=(
            "户主 男 1938 姓名=令狐显贵 婚姻=已婚 农龄=44",
            "妻 女 1939 姓名=母大会 婚姻=已婚 农龄=43",
            "母亲 女 1919 姓名=安桂芳 婚姻=丧偶 农龄=35 特征=高龄",
            "长子 男 1958 姓名=令狐昌明 婚姻=已婚 农龄=33",
            "儿媳 女 1960 姓名=犹凤仙 婚姻=已婚 农龄=30",
            "孙子 男 1981 姓名=令狐登科 婚姻=已婚 农龄=10",
            "孙媳妇或外孙媳妇 女 1982 姓名=骆春梅 婚姻=已婚 农龄=5",
            "曾孙子或外曾孙子 男 2004 姓名=令狐锦程",
            "曾孙女或外曾孙女 女 2007 姓名=令狐语嫣",
            "次女 女 1966 姓名=令狐小红 婚姻=离婚 农龄=20",
        ),
        group=1,
        plots=12,
    ),
    Story(
        title="同组同名的两位户主（一）",
        people=(f"户主 男 1957 姓名={_TWINS} 婚姻=已婚 农龄=32", "妻 女 1959 婚姻=已婚 农龄=30"),
        group=2,
    ),
    Story(
        title="同组同名的两位户主（二）",
        people=(f"户主 男 1973 姓名={_TWINS} 婚姻=已婚 农龄=17", "妻 女 1975 婚姻=已婚 农龄=15"),
        group=2,
    ),
    Story(
        title="姓名用字生僻",
        people=(
            "户主 男 1967 姓名=王𣒍 婚姻=已婚 农龄=22",
            "妻 女 1969 姓名=李𮧵 婚姻=已婚 农龄=20",
            "长子 男 1991 姓名=王䶮 婚姻=未婚 特征=在校生",
            "长女 女 1996 姓名=王㛃 特征=在校生",
            "弟 男 1972 姓名=王翀 婚姻=未婚 备注=外出务工人员 农龄=14",
            "父亲 男 1940 姓名=王堃 婚姻=丧偶 农龄=42",
        ),
        group=2,
        plots=4,
    ),
    Story(
        title="新生儿尚无身份号码",
        people=(
            "户主 男 1983 婚姻=已婚 农龄=8",
            "妻 女 1985 婚姻=已婚 农龄=5",
            "长女 女 2009 号码=无 说明=2009年10月出生，正在办理户口登记",
        ),
        group=2,
    ),
    Story(
        title="女户主，离婚",
        people=(
            "户主 女 1974 婚姻=离婚 农龄=16",
            "长子 男 1998 特征=在校生",
            "父亲 男 1946 婚姻=已婚 农龄=44",
            "母亲 女 1949 婚姻=已婚 农龄=41",
        ),
        group=2,
    ),
    Story(
        title="户口簿仍是十五位号码的老人",
        people=("户主 女 1937 婚姻=丧偶 号码=旧 农龄=42", "孙女 女 1993 婚姻=未婚 特征=在校生"),
        group=2,
        plots=2,
    ),
)

JOINT = (14, 15)
"""Numbers of the two households that hold one parcel together."""

_FIELDS = {
    "姓名": "name",
    "民族": "ethnicity",
    "婚姻": "marital_status",
    "户口": "hukou",
    "备注": "flag",
    "特征": "traits",
    "农龄": "farming",
    "说明": "remark",
}


def people_of(story: Story, registry: Registry) -> list[Person]:
    """The story's people, with names and numbers where it doesn't give them."""
    surname = registry.surname()
    return [_person(told, surname, registry) for told in story.people]


def _person(told: str, surname: str, registry: Registry) -> Person:
    relation, sex, year, *rest = told.split(" ")
    facts = dict(item.split("=", 1) for item in rest)
    kind = facts.pop("号码", "新")
    person = Person(relation=relation, sex=sex, born=registry.day_in(int(year)))
    for word, value in facts.items():
        setattr(person, _FIELDS[word], value)
    married_in = relation in {"妻", "儿媳", "母亲", "女婿"}
    own = registry.surname() if married_in else surname
    person.name = person.name or own + registry.given(sex, int(year))
    number = registry.number(sex, person.born)
    person.number = {"新": number, "旧": number[:6] + number[8:17], "无": ""}[kind]
    return person
