"""A share plan in a file of its own: tried on a village before any pack has it."""

from conversion.errors import PackInvalid
from conversion.policy.checks.pack_check import misreferred
from conversion.policy.checks.plan_check import plan_faults
from conversion.policy.marked_yaml import read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack import Pack
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_file import SharesFile
from conversion.policy.share_scheme import ShareScheme


def read_plan(content: bytes, file: str, pack: Pack) -> ShareScheme:
    """The first plan of a file written like a pack's `shares.yaml`, proven as a pack's are.

    Args:
        content: the file's.
        file: its name, for messages.
        pack: whose documents it may rest on.

    Raises:
        PackInvalid: with every fault and its line.
    """
    plans, faults = _read(content, file, pack)
    if faults:
        told = "\n".join(["有以下错误", *map(str, sorted(faults))])
        raise PackInvalid(f"读取方案 {file}", told, "照着政策包的 shares.yaml 逐条改正")
    return plans[0]


def _read(
    content: bytes, file: str, pack: Pack
) -> tuple[tuple[ShareScheme, ...], tuple[PackFault, ...]]:
    marked, faults = read_marked(content, file)
    if marked is None:
        return (), faults
    shares, faults = validated(SharesFile, marked)
    if shares is None:
        return (), faults
    wrong = (*plan_faults(marked, shares.plans), *misreferred(marked, pack.documents))
    return shares.plans, wrong
