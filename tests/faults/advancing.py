"""A clerk who never stops: moves cases to and fro and says each act once it is acknowledged.

python -m tests.faults.advancing FOLDER SEED
"""

import sys
from pathlib import Path
from random import Random

from conversion.services.filing import Outcome
from conversion.store.database import Database
from tests.office import REASON, START, Calendar, Town


def main(folder: str, seed: str) -> None:
    random = Random(int(seed))
    database = Database(f"sqlite:///{Path(folder) / 'town.db'}")
    town = Town(database, Path(folder), Calendar(START.replace(year=2011)), seed=int(seed))
    say("ready")
    while True:
        some = random.sample(["0001", "0002", "0003"], random.randint(1, 3))
        tell(town.take_many("case.return_for_correction", some, lambda _: REASON))
        tell(town.take_many("case.resubmit", some, lambda _: {"corrected": "已补交"}))


def tell(outcomes: list[Outcome]) -> None:
    for receipt in (outcome.receipt for outcome in outcomes):
        if receipt:
            say(f"{receipt.chain} {receipt.seq} {receipt.leaf_hash}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
