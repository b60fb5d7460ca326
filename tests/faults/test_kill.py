"""Pulling the plug: whatever was acknowledged is there, and nothing is there by halves."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from tests.faults.tampering import read
from tests.office import Town

KILLS = 8
ROOT = Path(__file__).parents[2]


def test_no_acknowledged_act_is_lost_when_the_program_is_killed(accepted_town: Town) -> None:
    town, random = accepted_town, Random(20091019)
    acknowledged: set[tuple[str, int, str]] = set()
    for seed in range(KILLS):
        acknowledged |= killed(town.folder, seed, after=random.uniform(0, 0.4))
        assert read(town, "PRAGMA integrity_check") == [("ok",)]
        assert town.verify().findings == ()
        stored = read(town, "SELECT chain, seq, lower(hex(leaf_hash)) FROM entries")
        assert acknowledged <= set(stored)
    assert len(acknowledged) >= KILLS


def killed(folder: Path, seed: int, *, after: float) -> set[tuple[str, int, str]]:
    """What a clerk's process had acknowledged when it was killed."""
    command = [sys.executable, "-m", "tests.faults.advancing", str(folder), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as clerk:
        assert clerk.stdout
        assert clerk.stdout.readline() == "ready\n"
        first = clerk.stdout.readline()  # however slow the machine, the clerk is at work by now
        time.sleep(after)
        clerk.kill()
        told = first + clerk.stdout.read()
    whole = told.splitlines() if told.endswith("\n") else told.splitlines()[:-1]
    return {(c, int(s), h) for c, s, h in (line.split() for line in whole)}
