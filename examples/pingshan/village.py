"""The village: households with a story first, the rest by chance from a fixed seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from names import BOUNDS, GROUPS, PLACES
from people import Person, Registry
from stories import JOINT, STORIES, Story, people_of

VILLAGE_CODE = "520303105202"
BASE_DATE = date(2009, 11, 30)
_HOUSES = 60


@dataclass(slots=True, kw_only=True)
class Plot:
    """One row of the sheet 土地; areas as written: 亩, or ㎡ for a building site."""

    kind: str
    code: str
    name: str = ""
    contract: str = ""
    measured: str = ""
    site: str = ""
    bounds: tuple[str, str, str, str] = ("", "", "", "")
    contract_number: str = ""
    certificate: str = ""
    acquisition: str = "家庭承包"
    remark: str = ""


@dataclass(slots=True, kw_only=True)
class House:
    """One household with everything the three sheets say of it."""

    number: str
    group: str
    address: str
    people: list[Person]
    plots: list[Plot] = field(default_factory=list)
    benefits: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    @property
    def head(self) -> Person:
        """The head; always the first person."""
        return self.people[0]


@dataclass(slots=True)
class Village:
    """Makes households one after another; the same seed gives the same village."""

    rng: Random
    registry: Registry
    parcels: int = 0
    sites: int = 0

    def houses(self, count: int) -> Iterator[House]:
        """The first `count` households."""
        shared = self._plot("0000")
        for serial in range(1, count + 1):
            told = serial <= len(STORIES)
            story = STORIES[serial - 1] if told else self._by_chance(serial, count)
            house = self._house(serial, story)
            if serial in JOINT:
                house.plots.append(self._joint(shared, house))
            yield house

    def _house(self, serial: int, story: Story) -> House:
        group = GROUPS[story.group]
        people = people_of(story, self.registry)
        people[0].phone = self.registry.phone()
        house = House(
            number=f"{serial:04}",
            group=group,
            address=f"坪山村{group}{1 + serial % _HOUSES}号",
            people=people,
        )
        house.plots = [self._plot(house.number) for _ in range(story.plots)]
        if story.homestead:
            house.plots.append(self._homestead())
        house.benefits = [self._benefit(people, told) for told in story.benefits]
        return house

    def _benefit(self, people: list[Person], told: str) -> tuple[str, str, str, str, str]:
        place, item, yuan, basis = told.split(" ")
        name = people[int(place) - 1].name if int(place) else ""
        return name, item, f"{self.rng.randint(2004, 2008)}-01-01", yuan, basis

    def _plot(self, number: str) -> Plot:
        self.parcels += 1
        area = self.rng.randint(30, 280)
        bounds = self._bounds()
        contractor = f"{VILLAGE_CODE}00{number[-4:]}"
        return Plot(
            kind="承包地",
            code=f"{VILLAGE_CODE}00{self.parcels:05}",
            name=self.rng.choice(PLACES),
            contract=f"{area / 100:.2f}",
            measured=f"{(area + self.rng.randint(-3, 12)) / 100:.2f}",
            bounds=bounds,
            contract_number=f"{contractor}J",
            certificate=f"{contractor}J",
        )

    def _joint(self, shared: Plot, house: House) -> Plot:
        contractor = f"{VILLAGE_CODE}00{house.number}J"
        return Plot(
            kind=shared.kind,
            code=shared.code,
            name=shared.name,
            contract=shared.contract,
            measured=shared.measured,
            bounds=shared.bounds,
            contract_number=contractor,
            certificate=contractor,
            acquisition="家庭承包（共有）",
            remark="兄弟两户共有",
        )

    def _homestead(self) -> Plot:
        self.sites += 1
        area = self.rng.randint(8_000, 20_000)
        return Plot(
            kind="宅基地",
            code=f"520303105002JC{self.sites:05}",
            name="屋基",
            site=f"{area // 100}.{area % 100:02}",
            bounds=self._bounds(),
            acquisition="批准拨用",
        )

    def _bounds(self) -> tuple[str, str, str, str]:
        east, south, west, north = (self.rng.choice(BOUNDS) for _ in range(4))
        return east, south, west, north

    def _by_chance(self, serial: int, count: int) -> Story:
        """A usual family: a couple with children, often with a parent of the head."""
        group = 2 + (len(GROUPS) - 2) * (serial - len(STORIES) - 1) // max(count - len(STORIES), 1)
        year = self.rng.randint(1945, 1982)
        wife = year + self.rng.randint(0, 4)
        people = [self._adult("户主", "男", year), self._adult("妻", "女", wife)]
        if year >= _WITH_PARENTS and self.rng.random() < 1 / 2:
            people.append(f"母亲 女 {year - self.rng.randint(19, 27)} 婚姻=丧偶 农龄=35")
        people.extend(self._children(wife))
        subsidy = f"0 种粮直补 {self.rng.randint(800, 4_500) / 100:.2f} 种粮补贴一折通"
        return Story(
            title="",
            people=tuple(people),
            group=group,
            plots=self.rng.choice((2, 3, 3, 3, 4)),
            benefits=(subsidy,) if self.rng.random() < 1 / 2 else (),
        )

    def _adult(self, relation: str, sex: str, year: int) -> str:
        farming = min(BASE_DATE.year - year - 16, 44) - self.rng.randint(0, 4)
        return f"{relation} {sex} {year} 婚姻=已婚 农龄={max(farming, 1)}"

    def _children(self, mother: int) -> Iterator[str]:
        first = mother + self.rng.randint(21, 25)
        titles = {"男": ("长子", "次子"), "女": ("长女", "次女")}
        born: dict[str, int] = {"男": 0, "女": 0}
        for place in range(self.rng.choice((1, 1, 2))):
            year = first + 3 * place
            if year >= BASE_DATE.year:
                return
            sex = self.rng.choice("男女")
            yield f"{titles[sex][born[sex]]} {sex} {year}{self._youth(year)}"
            born[sex] += 1

    def _youth(self, year: int) -> str:
        age = BASE_DATE.year - year
        if age < _SCHOOL:
            return ""
        if age < _GROWN:
            return " 婚姻=未婚 特征=在校生"
        flag = self.rng.choice(("外出务工人员", "外出务工人员", "常住人口"))
        return f" 婚姻=未婚 备注={flag} 农龄={min(age - 16, 6)}"


_WITH_PARENTS, _SCHOOL, _GROWN = 1958, 6, 20
