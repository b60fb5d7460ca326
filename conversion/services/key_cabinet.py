"""The signing keys of a running program: opened when first wanted, kept open, changed in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from conversion.documents.signed_list import KeyList
from conversion.documents.signer import Signers
from conversion.services.keys import KeyFolder, open_signers


@dataclass(slots=True, kw_only=True)
class KeyCabinet:
    """Gives the keys at work; opens them anew on another day or under another key list.

    Attributes:
        passphrase: asked for only when there are keys to open.
    """

    folder: KeyFolder
    passphrase: Callable[[], str]
    today: Callable[[], date]
    _opened: tuple[KeyList, date, Signers] | None = field(default=None, init=False, repr=False)
    _known: str = field(default="", init=False, repr=False)

    def __call__(self) -> Signers | None:
        """The keys at work today; None in an office that has none yet.

        Raises:
            SetupIncomplete: none counts today, or the passphrase is missing or another.
            NotGenuine: the key list was changed.
        """
        if not self.folder.is_founded:
            return None
        listed, day = self.folder.keys(), self.today()
        if self._opened and self._opened[:2] == (listed, day):
            return self._opened[2]
        self._known = self._known or self.passphrase()
        signers = open_signers(self.folder, self._known, day)
        self._opened = (listed, day, signers)
        return signers
