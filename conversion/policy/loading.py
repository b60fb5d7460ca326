"""Reading a pack's folder: every fault at once, or a pack that is proven sound."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import cast

from typing_extensions import override

from conversion.errors import NotFound, PackInvalid
from conversion.history.canonical import canonical
from conversion.policy.checks.pack_check import CHECKS
from conversion.policy.draft import Draft
from conversion.policy.location import packs_folder
from conversion.policy.marked_yaml import MarkedData, read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack import Pack
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_file import (
    BenefitsFile,
    ClausesFile,
    EntitlementsFile,
    ExamplesFile,
    MembershipFile,
    PackFile,
    ParametersFile,
    SharesFile,
    shape_of_file,
)
from conversion.policy.pack_part import PackPart
from conversion.policy.pack_source import read_source

_HEAD = "pack.yaml"


def check_pack(folder: Path) -> tuple[PackFault, ...]:
    """Everything that is wrong in a pack, by file and line; nothing when it is sound.

    Raises:
        NotFound: no such folder.
    """
    return read_draft(folder)[1]


def load_pack(folder: Path) -> Pack:
    """The pack in a folder; the one that takes its place is read when it is asked for.

    Raises:
        NotFound: no such folder.
        PackInvalid: with every fault.
    """
    place = folder.resolve()
    return _linked(_load(place), Shelf(place.parent))


def load_packs(folder: Path) -> dict[str, Pack]:
    """Every pack in a folder of packs, by id.

    Raises:
        NotFound: no such folder.
        PackInvalid: one of them is faulty, or its successor is not there.
    """
    _demand_folder(folder)
    packs = dict(Shelf(folder))
    for pack in packs.values():
        if pack.successor and pack.successor not in packs:
            found = f"没有接替它的政策包 {pack.successor}"
            raise PackInvalid(f"读取政策包 {pack.id}", found, "补上这个政策包，或改正 successor")
    return packs


class Shelf(Mapping[str, Pack]):
    """The packs of a folder 政策包库, by id, each read once and only when it is asked for.

    Asking for one raises `PackInvalid` with every fault of it, and of no other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Pack] = {}

    @override
    def __getitem__(self, name: str) -> Pack:
        if name not in self._read:
            if name not in self:
                raise KeyError(name)
            self._read[name] = _linked(_load(self._folder / name), self)
        return self._read[name]

    @override
    def __contains__(self, name: object) -> bool:
        return any(name == found for found in self)

    @override
    def __iter__(self) -> Iterator[str]:
        found = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        return (entry.name for entry in found if (entry / _HEAD).is_file())

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


def _load(folder: Path) -> Pack:
    draft, faults = read_draft(folder)
    if faults or draft is None:
        found = "\n".join(["有以下错误", *map(str, faults)])
        raise PackInvalid(f"读取政策包 {folder.name}", found, "逐条改正后重新检查")
    return pack_of(draft)


def _linked(pack: Pack, shelf: Shelf) -> Pack:
    """The pack, with the one that takes its place, where that lies beside it."""
    name = pack.successor
    return replace(pack, later=partial(shelf.__getitem__, name)) if name and name in shelf else pack


def read_draft(folder: Path) -> tuple[Draft | None, tuple[PackFault, ...]]:
    """A pack's files on their way in, and everything that is wrong; without faults it is sound.

    Raises:
        NotFound: no such folder.
    """
    _demand_folder(folder)
    folder = folder.resolve()
    marked, faults = read_source(folder)
    if faults:
        return None, faults
    parts, faults = _parts(marked)
    if faults:
        return None, faults
    draft = _draft(folder.name, marked, parts)
    found = [fault for check in CHECKS for fault in check(draft)]
    return draft, tuple(sorted([*found, *_handing_over(draft, folder.parent)]))


def _handing_over(draft: Draft, packs: Path) -> Iterator[PackFault]:
    """No day without a pack, and no way back: who takes over goes on where this one ends."""
    head, later = draft.pack, _head(packs / (draft.pack.successor or ""))
    # A pack in the making lies elsewhere; who takes over is then among the installed ones.
    places = (folder / (head.successor or "") / _HEAD for folder in (packs, packs_folder()))
    if head.successor and not any(place.is_file() for place in places):
        sentence = f"没有政策包 {head.successor}，把它的文件夹放在旁边，或者改正 successor"
        yield draft.marked[_HEAD].fault(("successor",), f"{sentence}，例如 successor: cn-2025")
    if head.until is None or later is None or later.id == head.id:
        return
    eve = later.since - timedelta(days=1)
    if eve > head.until:
        sentence = f"{later.id} 始于 {later.since}，中间没有政策包，例如 until: {eve}"
        yield draft.marked[_HEAD].fault(("until",), sentence)
    if later.until and later.until <= head.until:
        sentence = f"{later.id} 止于 {later.until}，应当更晚，不能互相接替，例如 successor: cn-2025"
        yield draft.marked[_HEAD].fault(("successor",), sentence)


def _head(folder: Path) -> PackFile | None:
    """What a pack says of itself; None while it can't be read, which its own check tells."""
    file = folder / _HEAD
    data = read_marked(file.read_bytes(), _HEAD)[0] if file.is_file() else None
    return validated(PackFile, data)[0] if data else None


def _demand_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise NotFound(f"读取政策包 {folder.name}", f"没有文件夹 {folder}", "核对政策包的名称")


def _parts(
    marked: Mapping[str, MarkedData],
) -> tuple[dict[str, PackPart], tuple[PackFault, ...]]:
    parts, faults = dict[str, PackPart](), list[PackFault]()
    for name, data in marked.items():
        part, found = validated(shape_of_file(name), data)
        faults.extend(found)
        if part:
            parts[name] = part
    return parts, tuple(sorted(faults))


def _draft(folder: str, marked: Mapping[str, MarkedData], parts: Mapping[str, PackPart]) -> Draft:
    return Draft(
        folder=folder,
        marked=marked,
        pack=cast("PackFile", parts["pack.yaml"]),
        parameters={n: part for n, part in parts.items() if isinstance(part, ParametersFile)},
        clauses=cast("ClausesFile", parts["clauses.yaml"]),
        membership=cast("MembershipFile", parts["membership.yaml"]),
        shares=cast("SharesFile", parts["shares.yaml"]),
        benefits=cast("BenefitsFile", parts["benefits.yaml"]),
        entitlements=cast("EntitlementsFile", parts["entitlements.yaml"]),
        examples={n: part for n, part in parts.items() if isinstance(part, ExamplesFile)},
    )


def pack_of(draft: Draft) -> Pack:
    """The pack of a draft that is sound."""
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
        parameters={name: parameter for _, name, parameter in draft.dated_parameters()},
        clauses=draft.clauses.clauses,
        grounds=draft.membership.grounds,
        share_plans=draft.shares.plans,
        benefits=draft.benefits.benefits,
        entitlements=draft.entitlements.entitlements,
        examples=tuple(example for _, _, example in draft.worked_examples()),
    )
