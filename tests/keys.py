"""An office's keys for the tests: made once, and never the same twice, as keys are."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from conversion.documents.signed_list import KeyList
from conversion.documents.signer import Signers
from conversion.services import key_files
from conversion.services.key_cabinet import KeyCabinet
from conversion.services.keys import KeyFolder, found_keys, open_signers
from tests.office import START, Town

OFFICE = "汇川区村改社区工作专班"
ORIGIN = "huichuan/cungaishe"
key_files.ROUNDS = 1_000  # a test guesses no passphrases
PASSPHRASE = "青山 石桥 九月 木船 灯火"


@cache
def a_key_folder() -> KeyFolder:
    """The folder of an office that held its ceremony; read only."""
    folder = KeyFolder(path=Path(mkdtemp()) / "keys")
    keys_in(folder)
    return folder


def keys_in(folder: KeyFolder, day: date = START) -> KeyList:
    return found_keys(folder, office=OFFICE, origin=ORIGIN, passphrase=PASSPHRASE, day=day)


@cache
def the_signers() -> Signers:
    return open_signers(a_key_folder(), PASSPHRASE, START)


def give_keys(
    town: Town, folder: KeyFolder | None = None, passphrase: str = PASSPHRASE
) -> KeyFolder:
    """Let a town's office sign its papers."""
    folder = folder or a_key_folder()
    cabinet = KeyCabinet(
        folder=folder, passphrase=lambda: passphrase, today=lambda: town.calendar.day
    )
    object.__setattr__(town.office, "signers", cabinet)
    return folder
