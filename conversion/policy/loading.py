"""Reading a pack's folder: every fault at once, or a pack that is proven sound."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import cast

from conversion.errors import NotFound, PackInvalid
from conversion.history.canonical import canonical
from conversion.policy.check import CHECKS
from conversion.policy.draft import Draft
from conversion.policy.marked_yaml import MarkedData, read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack import Pack
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_file import (
    FILES,
    BenefitsFile,
    ClausesFile,
    EntitlementsFile,
    ExamplesFile,
    MembershipFile,
    PackFile,
    ParametersFile,
    SharesFile,
)
from conversion.policy.pack_part import PackPart

_EXAMPLES = "examples/"


def check_pack(folder: Path) -> tuple[PackFault, ...]:
    """Everything that is wrong in a pack, by file and line; nothing when it is sound.

    Raises:
        NotFound: no such folder.
    """
    return _read(folder)[1]


def load_pack(folder: Path) -> Pack:
    """The pack in a folder, with those that take its place later, as far as they lie beside it.

    Raises:
        NotFound: no such folder.
        PackInvalid: with every fault, or the packs follow one another in a circle or with a gap.
    """
    packs, waiting = dict[str, Pack](), [folder]
    for place in waiting:
        pack = packs[place.name] = _load(place)
        later = folder.parent / (pack.successor or "")
        if pack.successor and later.is_dir() and later.name not in packs:
            waiting.append(later)
    return _linked(packs[folder.name], packs)


def load_packs(folder: Path) -> dict[str, Pack]:
    """Every pack in a folder of packs, by id.

    Raises:
        NotFound: no such folder.
        PackInvalid: one of them is faulty, its successor is not there or begins too late, or they
            follow one another in a circle.
    """
    _demand_folder(folder)
    found = sorted(entry for entry in folder.iterdir() if (entry / "pack.yaml").is_file())
    packs = {entry.name: _load(entry) for entry in found}
    for pack in packs.values():
        if pack.successor and pack.successor not in packs:
            raise _no_succession(pack, f"没有接替它的政策包 {pack.successor}")
    return {name: _linked(pack, packs) for name, pack in packs.items()}


def _load(folder: Path) -> Pack:
    draft, faults = _read(folder)
    if faults or draft is None:
        found = "\n".join(["有以下错误", *map(str, faults)])
        raise PackInvalid(f"读取政策包 {folder.name}", found, "逐条改正后重新检查")
    return _pack(draft)


def _linked(pack: Pack, packs: Mapping[str, Pack], before: tuple[str, ...] = ()) -> Pack:
    later = packs.get(pack.successor or "")
    if later is None:
        return pack
    behind = (*before, pack.id)
    if later.id in behind:
        raise _no_succession(pack, f"政策包互相接替：{' → '.join((*behind, later.id))}")
    if pack.until and later.since > pack.until + timedelta(days=1):
        gap = f"{pack.id} 止于 {pack.until}，{later.id} 始于 {later.since}，中间没有政策包"
        raise _no_succession(pack, gap)
    return replace(pack, later=_linked(later, packs, behind))


def _no_succession(pack: Pack, found: str) -> PackInvalid:
    return PackInvalid(
        f"读取政策包 {pack.id}", found, "改正 pack.yaml 的 successor，例如 successor: cn-2025"
    )


def _read(folder: Path) -> tuple[Draft | None, tuple[PackFault, ...]]:
    _demand_folder(folder)
    marked, faults = _marked(folder)
    if faults:
        return None, faults
    parts, faults = _parts(marked)
    if faults:
        return None, faults
    draft = _draft(folder.name, marked, parts)
    return draft, tuple(sorted(fault for check in CHECKS for fault in check(draft)))


def _demand_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise NotFound(f"读取政策包 {folder.name}", f"没有文件夹 {folder}", "核对政策包的名称")


def _marked(folder: Path) -> tuple[dict[str, MarkedData], tuple[PackFault, ...]]:
    marked, faults = dict[str, MarkedData](), list[PackFault]()
    present = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("[!.]*") if p.is_file())
    for name in sorted({*FILES, *present}):
        if sentence := _misplaced(name, present):
            faults.append(PackFault(file=name, line=1, key="", sentence=sentence))
            continue
        data, found = read_marked((folder / name).read_bytes(), name)
        faults.extend(found)
        if data:
            marked[name] = data
    return marked, tuple(faults)


def _misplaced(name: str, present: list[str]) -> str:
    if name not in present:
        return "缺少这个文件，照着其他政策包的同名文件写一份"
    is_example = name.startswith(_EXAMPLES) and name.endswith(".yaml")
    if name in FILES or is_example:
        return ""
    return f"不认识的文件，政策包只有 {'、'.join(FILES)} 和 examples/*.yaml"


def _parts(
    marked: Mapping[str, MarkedData],
) -> tuple[dict[str, PackPart], tuple[PackFault, ...]]:
    parts, faults = dict[str, PackPart](), list[PackFault]()
    for name, data in marked.items():
        part, found = validated(FILES.get(name, ExamplesFile), data)
        faults.extend(found)
        if part:
            parts[name] = part
    return parts, tuple(sorted(faults))


def _draft(folder: str, marked: Mapping[str, MarkedData], parts: Mapping[str, PackPart]) -> Draft:
    return Draft(
        folder=folder,
        marked=marked,
        pack=cast("PackFile", parts["pack.yaml"]),
        parameters=cast("ParametersFile", parts["parameters.yaml"]),
        clauses=cast("ClausesFile", parts["clauses.yaml"]),
        membership=cast("MembershipFile", parts["membership.yaml"]),
        shares=cast("SharesFile", parts["shares.yaml"]),
        benefits=cast("BenefitsFile", parts["benefits.yaml"]),
        entitlements=cast("EntitlementsFile", parts["entitlements.yaml"]),
        examples=tuple(part for part in parts.values() if isinstance(part, ExamplesFile)),
    )


def _pack(draft: Draft) -> Pack:
    head = draft.pack
    content = canonical({name: data.value for name, data in draft.marked.items()})
    return Pack(
        id=head.id,
        title=head.title,
        office=head.office,
        note=head.note,
        since=head.since,
        until=head.until,
        successor=head.successor,
        sha256=sha256(content).hexdigest(),
        documents=head.documents,
        departments=head.departments,
        windows=head.windows,
        parameters=draft.parameters.parameters,
        clauses=draft.clauses.clauses,
        grounds=draft.membership.grounds,
        share_plans=draft.shares.plans,
        benefits=draft.benefits.benefits,
        entitlements=draft.entitlements.entitlements,
        examples=tuple(example for file in draft.examples for example in file.examples),
    )
