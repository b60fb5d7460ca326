"""The files of a pack's folder, read as data with their lines."""

from pathlib import Path

from conversion.policy.interchange.parameter_folder import name_of
from conversion.policy.interchange.parameter_translation import translated
from conversion.policy.marked_yaml import MarkedData, read_marked
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_file import EXAMPLES, FILES, PARAMETERS
from conversion.policy.plain_folder import files_in

_HEAD = "pack.yaml"
_WHOLE = "parameters.yaml"


def read_source(folder: Path) -> tuple[dict[str, MarkedData], tuple[PackFault, ...]]:
    """Path within the folder → its data, and what is wrong with the files as such.

    Raises:
        NotFound: no such folder.
    """
    contents, unreadable = files_in(folder)
    marked, faults = dict[str, MarkedData](), [*unreadable, *_missing(contents)]
    # The head comes first: parameter files cite its documents by title or address.
    for name in sorted(contents, key=lambda name: (name != _HEAD, name)):
        if not _belongs(name):
            sentence = (
                f"不认识的文件，政策包只有 {'、'.join(FILES)}、"
                f"{PARAMETERS}*.yaml 和 {EXAMPLES}*.yaml"
            )
            faults.append(PackFault(file=name, line=1, key="", sentence=sentence))
            continue
        data, found = _read(name, contents[name], marked.get(_HEAD))
        faults.extend(found)
        if data:
            marked[name] = data
    return marked, tuple(sorted(faults))


def _missing(contents: dict[str, bytes]) -> list[PackFault]:
    absent = FILES.keys() - contents.keys()
    if any(name.startswith(PARAMETERS) for name in contents):
        absent -= {_WHOLE}
    sentence = "缺少这个文件，照着其他政策包的同名文件写一份"
    return [PackFault(file=name, line=1, key="", sentence=sentence) for name in sorted(absent)]


def _belongs(name: str) -> bool:
    return name in FILES or (name.startswith((EXAMPLES, PARAMETERS)) and name.endswith(".yaml"))


def _read(
    name: str, content: bytes, head: MarkedData | None
) -> tuple[MarkedData | None, tuple[PackFault, ...]]:
    foreign = name.startswith(PARAMETERS)
    data, faults = read_marked(content, name, foreign=foreign)
    if data is None or not foreign:
        return data, faults
    pack = head.value if head else None
    documents = pack.get("documents") if isinstance(pack, dict) else None
    return translated(data, name_of(name.removeprefix(PARAMETERS)), documents)
