"""A folder of parameter files, as OpenFisca's packages have one."""

from pathlib import Path, PurePosixPath

from conversion.errors import PackInvalid
from conversion.policy.interchange.parameter_tree import ParameterTree, read_tree
from conversion.policy.marked_yaml import read_marked
from conversion.policy.pack_fault import PackFault
from conversion.policy.plain_folder import files_in

_YAML = (".yaml", ".yml")


def load_parameters(folder: Path) -> ParameterTree:
    """Every parameter of a folder, in order of the files.

    Raises:
        NotFound: no such folder.
        PackInvalid: with every fault.
    """
    contents, faults = files_in(folder)
    whole = ParameterTree(faults=list(faults))
    for file, content in contents.items():
        if file.endswith(_YAML):
            _add(whole, file, content)
    if whole.faults:
        found = "\n".join(["有以下错误", *map(str, sorted(whole.faults))])
        raise PackInvalid(f"读取参数文件夹 {folder.name}", found, "逐条改正后重新读取")
    return whole


def _add(whole: ParameterTree, file: str, content: bytes) -> None:
    marked, faults = read_marked(content, file, foreign=True)
    whole.faults.extend(faults)
    if not marked:
        return
    name = name_of(file)
    tree = read_tree(marked, name)
    whole.faults.extend(tree.faults)
    for twice in sorted(whole.parameters.keys() & tree.parameters.keys()):
        sentence = f"参数“{twice}”在别的文件里已经写过，删除其中一个"
        whole.faults.append(PackFault(file=file, line=1, key=twice, sentence=sentence))
    whole.parameters.update(tree.parameters)
    whole.nodes.update(tree.nodes)


def name_of(file: str) -> str:
    """The name that a file's place gives what is in it; `index.yaml` speaks of its folder.

    >>> name_of("notice/members.yaml"), name_of("notice/index.yaml"), name_of("index.yaml")
    ('notice.members', 'notice', '')
    """
    path = PurePosixPath(file)
    parts = path.parts[:-1] if path.stem == "index" else (*path.parts[:-1], path.stem)
    return ".".join(parts)
