"""The three sheets of a roster, declared once for reading, template, returned workbook and docs."""

import dataclasses
from collections.abc import Mapping

from sqlmodel import SQLModel

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.standards import ethnicity, marital_status, member_flag, relation, sex


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: heading as the template prints it.
        field: what the reader calls its value; a field of `model` when there is one.
        aliases: other headings that mean the same.
        required: whether a row without it is faulty.
        carried: whether a blank cell takes the value above it within a household.
        note: one sentence for the person who fills it in.
        choices: what the drop-down offers.
        model: the domain class whose field limits the length.
        longest: most characters that field holds; None when unlimited or not text.
    """

    name: str
    field: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    carried: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    model: type[SQLModel] | None = None
    longest: int | None = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        """Look the limit up once: a village has a million cells."""
        info = self.model.model_fields.get(self.field) if self.model else None
        limits = (getattr(rule, "max_length", None) for rule in (info.metadata if info else ()))
        longest = next((limit for limit in limits if limit is not None), None)
        object.__setattr__(self, "longest", longest)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name, its columns in the template's order, and what it is for."""

    name: str
    title: str
    columns: tuple[Column, ...]
    _by_field: Mapping[str, Column] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the columns once."""
        object.__setattr__(self, "_by_field", {column.field: column for column in self.columns})

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns that must be there."""
        return tuple(column for column in self.columns if column.required)

    def column(self, field: str) -> Column:
        """The column that fills a field."""
        return self._by_field[field]


VERDICT = "核对意见"
"""Heading of the column that the returned workbook adds; reading passes over it."""

TOTALS = ("合计", "小计", "总计", "共计")
"""Words that begin a totals row."""

NUMBER = Column(
    name="户号",
    field="number",
    aliases=("户编号", "家庭编号"),
    required=True,
    carried=True,
    note="全村唯一；同一户的各行可以合并单元格、重复填写或只填第一行",
    model=Household,
)

MEMBERS = Sheet(
    name="成员",
    title="成员表：一人一行",
    columns=(
        Column(
            name="组别",
            field="group",
            aliases=("村民小组", "组"),
            carried=True,
            note="村民小组名称，如 一组",
            model=Household,
        ),
        NUMBER,
        Column(
            name="户主姓名",
            field="head_name",
            aliases=("户主",),
            required=True,
            carried=True,
            note="必须与本户“与户主关系”为户主的成员姓名一致",
        ),
        Column(
            name="姓名",
            field="name",
            aliases=("成员姓名",),
            required=True,
            note="与户口簿一致；少数民族姓名中间用间隔号“·”",
            model=Member,
        ),
        Column(
            name="与户主关系",
            field="relation",
            aliases=("关系", "家庭关系"),
            required=True,
            note="GB/T 4761 名称或两位代码；每户有且只有一个户主（02）",
            choices=tuple(r.title for r in relation.RELATIONS if r.code != "01"),
        ),
        Column(
            name="性别",
            field="sex",
            note="男或女；须与公民身份号码一致",
            choices=(sex.title_of(sex.MALE), sex.title_of(sex.FEMALE)),
        ),
        Column(
            name="公民身份号码",
            field="resident_number",
            aliases=("身份证号", "身份证号码", "证件号码"),
            required=True,
            note="18 位，以文本格式填写；确无号码的留空并在备注中说明",
        ),
        Column(
            name="出生日期",
            field="birth_date",
            note="如 1990-01-31；须与公民身份号码一致",
        ),
        Column(
            name="民族",
            field="ethnicity",
            note="GB/T 3304 名称或代码；留空时按本村默认",
            choices=tuple(ethnicity.TABLE.titles.values()),
        ),
        Column(
            name="婚姻状况",
            field="marital_status",
            note="GB/T 2261.2 名称或代码",
            choices=tuple(marital_status.TABLE.titles.values()),
        ),
        Column(
            name="户口性质",
            field="hukou_kind",
            aliases=("户别",),
            note="农业、非农业或居民；留空为农业",
            choices=tuple(kind.label for kind in HukouKind),
        ),
        Column(
            name="成员备注",
            field="flag",
            aliases=("备注标识",),
            note="NY/T 2539 成员备注；没有则留空",
            choices=tuple(member_flag.TABLE.titles.values()),
        ),
        Column(
            name="身份特征",
            field="traits",
            aliases=("人员类别",),
            note=f"可填多项，用顿号隔开：{'、'.join(Trait)}",
        ),
        Column(
            name="农龄",
            field="farming_months",
            aliases=("劳龄",),
            note="整年数，或起止年月，如 1981-01至2009-06",
        ),
        Column(name="联系电话", field="phone", aliases=("电话",), note="以文本填写", model=Member),
        Column(
            name="住址",
            field="address",
            aliases=("家庭住址",),
            carried=True,
            note="本户住址；只填第一行即可",
            model=Household,
        ),
        Column(
            name="家庭人口",
            field="declared_size",
            aliases=("家庭人口数", "人口数", "户人口数"),
            carried=True,
            note="本户人数；填写后与所列成员数核对",
        ),
        Column(name="备注", field="remark", note="需要说明的情况", model=Member),
    ),
)

LAND = Sheet(
    name="土地",
    title="土地表：一块一行（可不填）",
    columns=(
        NUMBER,
        Column(
            name="地类",
            field="kind",
            required=True,
            note="承包地、宅基地、自留地或集体建设用地",
            choices=tuple(kind.label for kind in ParcelKind),
        ),
        Column(
            name="地块编码",
            field="code",
            note="承包地块或宗地编码 19 位，不动产单元号 28 位；以文本格式填写",
            model=Parcel,
        ),
        Column(name="地块名称", field="name", note="小地名", model=Parcel),
        Column(
            name="合同面积(亩)", field="contract_area", aliases=("合同面积",), note="最多四位小数"
        ),
        Column(
            name="实测面积(亩)", field="measured_area", aliases=("实测面积",), note="最多四位小数"
        ),
        Column(
            name="面积(㎡)",
            field="site_area",
            aliases=("宅基地面积(㎡)", "宅基地面积", "面积(平方米)", "面积"),
            note="宅基地、建设用地填写，平方米，最多两位小数",
        ),
        Column(name="东至", field="east", aliases=("东",), note="四至", model=Parcel),
        Column(name="南至", field="south", aliases=("南",), note="四至", model=Parcel),
        Column(name="西至", field="west", aliases=("西",), note="四至", model=Parcel),
        Column(name="北至", field="north", aliases=("北",), note="四至", model=Parcel),
        Column(
            name="合同编号",
            field="contract_number",
            aliases=("承包合同编号",),
            note="承包合同编号，以文本填写",
            model=Parcel,
        ),
        Column(
            name="权证编号",
            field="certificate_number",
            aliases=("经营权证编号",),
            note="权证编号，以文本填写",
            model=Parcel,
        ),
        Column(
            name="取得方式",
            field="acquisition",
            note="如 家庭承包；几户共有的地块，各户都注明“共有”",
            model=Parcel,
        ),
        Column(name="备注", field="remark", note="需要说明的情况", model=Parcel),
    ),
)

BENEFITS = Sheet(
    name="待遇",
    title="待遇表：现在享受的待遇，一项一行（可不填）",
    columns=(
        NUMBER,
        Column(
            name="姓名",
            field="name",
            note="享受待遇的成员；全户享受的留空",
            model=Member,
        ),
        Column(
            name="待遇项目",
            field="item",
            aliases=("项目",),
            required=True,
            note="如 农村低保",
            model=DrawnBenefit,
        ),
        Column(name="起始日期", field="since", aliases=("起始时间",), note="如 2008-01-01"),
        Column(
            name="标准(元/月)",
            field="monthly",
            aliases=("标准", "月标准"),
            note="每月金额，单位元，最多两位小数",
        ),
        Column(name="依据", field="basis", note="批准文件或证件", model=DrawnBenefit),
    ),
)

SHEETS = (MEMBERS, LAND, BENEFITS)
