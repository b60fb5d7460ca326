"""Who acts: the roles of a conversion and the staff who hold them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A role in the procedure; `label` is what papers and screens print."""

    HOUSEHOLD = "household"
    GROUP = "group"
    VILLAGE = "village"
    COLLECTIVE = "collective"
    SUPERVISORS = "supervisors"
    TASK_FORCE = "task_force"
    SURVEYOR = "surveyor"
    STREET = "street"
    DEPARTMENT = "department"
    POLICE_STATION = "police_station"
    COUNTY_POLICE = "county_police"
    REGISTRY = "registry"
    DISTRICT = "district"
    AUDITOR = "auditor"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The role's Chinese name."""
        return _TITLES[self]


_TITLES = {
    Role.HOUSEHOLD: "农户",
    Role.GROUP: "村民小组长",
    Role.VILLAGE: "村级经办人",
    Role.COLLECTIVE: "集体经济组织理事会",
    Role.SUPERVISORS: "集体经济组织监事会",
    Role.TASK_FORCE: "工作专班",
    Role.SURVEYOR: "测绘人员",
    Role.STREET: "镇（街道）",
    Role.DEPARTMENT: "区级部门",
    Role.POLICE_STATION: "派出所",
    Role.COUNTY_POLICE: "区公安机关",
    Role.REGISTRY: "不动产登记机构",
    Role.DISTRICT: "区人民政府",
    Role.AUDITOR: "审计人员",
    Role.SYSTEM: "系统巡查",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who acts, as known at the moment of acting.

    Attributes:
        account: the unique account; one person has one.
        name: the name that papers print; of a substitute with the name of the principal.
        roles: the roles held on the day.
        department: for `Role.DEPARTMENT`, the department's Chinese name, else empty.
        kin: numbers of households in which the person or a near relative is a member; these are
            excluded by avoidance (回避).
        places: role and the villagers' group it is limited to, for each post that is.
        resident_numbers: of the person, and of the principal, as far as known.
        on_behalf: account of the principal for whom the person acts, empty for oneself.
    """

    account: str
    name: str
    roles: tuple[Role, ...]
    department: str = ""
    kin: tuple[str, ...] = ()
    places: tuple[tuple[Role, str], ...] = ()
    resident_numbers: tuple[str, ...] = ()
    on_behalf: str = ""

    @property
    def persons(self) -> frozenset[str]:
        """The accounts of whoever stands behind the act: the person, and the principal."""
        return frozenset({self.account, self.on_behalf} - {""})

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds one of the roles, wherever."""
        return any(role in self.roles for role in roles)

    def serves(self, roles: Iterable[Role], groups: Iterable[str]) -> bool:
        """Whether one of the roles is held for all these villagers' groups."""
        wanted = set(groups)
        return any(self._serves(role, wanted) for role in roles if role in self.roles)

    def is_kin(self, household: str, people: Iterable[str]) -> bool:
        """Whether the person has to stand back from a household.

        Args:
            household: its number, which the staff table may name.
            people: resident numbers of all who are of it.
        """
        return household in self.kin or not set(self.resident_numbers).isdisjoint(people)

    @property
    def posts(self) -> str:
        """The roles as people call them, with the groups they are limited to."""
        named = (self._post(role) for role in self.roles)
        return "、".join(named) or "无"

    def _serves(self, role: Role, groups: set[str]) -> bool:
        limits = self._limits(role)
        return not limits or (bool(groups) and groups <= limits)

    def _limits(self, role: Role) -> set[str]:
        return {place for limited, place in self.places if limited is role}

    def _post(self, role: Role) -> str:
        limits = "、".join(sorted(self._limits(role)))
        return f"{role.label}（{limits}）" if limits else role.label


SYSTEM: Final = Actor(account="system", name="系统巡查", roles=(Role.SYSTEM,))
"""Who acts when the day itself brings something about; nobody can be appointed to it."""
