"""Who acts: the roles of a conversion and the staff who hold them."""

from dataclasses import dataclass
from enum import StrEnum


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
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who acts, as known at the moment of acting.

    Attributes:
        account: the unique account; one person has one.
        name: the name that papers print.
        roles: the roles held.
        department: for `Role.DEPARTMENT`, the department's Chinese name, else empty.
        kin: numbers of households in which the person or a near relative is a member; these are
            excluded by avoidance (回避).
    """

    account: str
    name: str
    roles: tuple[Role, ...]
    department: str = ""
    kin: tuple[str, ...] = ()

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds one of the roles."""
        return any(role in self.roles for role in roles)
