"""The office at work: everything a service needs from outside, handed to it in one piece."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from conversion.documents.signer import Signers
from conversion.errors import NotFound
from conversion.policy.pack import Pack, PackOnDay
from conversion.standards.beijing_time import day_of
from conversion.store.database import Database
from conversion.workflows.definition import DEFINITION, Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Database, packs, clock, random source and the key of the personal payloads.

    Attributes:
        clock: gives an aware instant; random: gives so many random bytes.
        key: 32 bytes that seal personal data.
        definition: the procedures it works by.
        signers: opens the keys that sign papers; None in an office that has none yet.
    """

    database: Database
    packs: Mapping[str, Pack]
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    key: bytes
    definition: Definition = DEFINITION
    signers: Callable[[], Signers | None] = lambda: None

    def now(self) -> datetime:
        """The instant in UTC, whole seconds, as history writes it."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def today(self) -> date:
        """The day on which an act counts."""
        return day_of(self.clock())

    def pack(self, name: str, day: date) -> PackOnDay:
        """A pack as it stands on a day.

        Raises:
            NotFound: there is no such pack, or it does not decide on that day.
        """
        return self.named(name).on(day)

    def named(self, name: str) -> Pack:
        """A pack by its id, whatever the day.

        Raises:
            NotFound: there is no such pack.
        """
        if name not in self.packs:
            known = "、".join(self.packs) or "无"
            raise NotFound(f"使用政策包 {name}", "没有这个政策包", f"从中选择：{known}")
        return self.packs[name]
