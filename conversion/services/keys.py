"""The office's keys: made in a ceremony, in use for two years, changed, and revoked when lost.

Four private keys. Two lie in the safe but for a ceremony: `list.p12` signs key lists, `root.p12`
certificates. Two are at work: `code-*.p12` signs page codes and void lists, `signer-*.p12` files.
The lists beside them are public.
"""

import base64
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from conversion.documents.certificate import Certified, new_root, new_signer
from conversion.documents.signed_list import (
    CODE_KEY,
    LIST_KEY,
    CodeKeyLine,
    KeyList,
    SignerLine,
    VoidList,
    read_key_list,
    read_void_list,
)
from conversion.documents.signer import PaperSigner, Signers
from conversion.errors import NotFound, SetupIncomplete, WrongUse
from conversion.history.signed_note import NoteKey, NoteSigner
from conversion.services.key_files import (
    demand_passphrase,
    keep_certified,
    keep_note_key,
    open_certified,
    open_note_key,
)

ROOT_YEARS: Final = 10
WORKING_YEARS: Final = 2

KEY_LIST, VOID_LIST = "key-list.txt", "void-list.txt"
SAFE = _LIST_FILE, _ROOT_FILE = "list.p12", "root.p12"
"""Files of the keys that lie in the safe but for a ceremony."""

_SHORT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFolder:
    """The folder that holds an office's keys and its public lists."""

    path: Path

    @property
    def is_founded(self) -> bool:
        """Whether the ceremony was held."""
        return (self.path / KEY_LIST).exists()

    def keys(self) -> KeyList:
        """The key list.

        Raises:
            SetupIncomplete: there is none yet.
            NotGenuine: it was changed.
        """
        return read_key_list(self.note(KEY_LIST))

    def void(self) -> VoidList | None:
        """The void list, if one was drawn up.

        Raises:
            NotGenuine: it was changed.
        """
        if not (self.path / VOID_LIST).exists():
            return None
        return read_void_list(self.note(VOID_LIST), self.keys())

    def publish(self, name: str, note: str) -> None:
        """Put a list in place of the one before, whole or not at all."""
        aside = self.path / f"{name}.part"
        aside.write_text(note, encoding="utf-8", newline="\n")
        aside.replace(self.path / name)

    def note(self, name: str) -> str:
        """A list as the note it is.

        Raises:
            SetupIncomplete: it isn't there.
        """
        try:
            return (self.path / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            remedy = "先运行 conversion keys init 建立密钥"
            raise SetupIncomplete(f"读取 {self.path / name}", "文件不存在", remedy) from None


def found_keys(
    folder: KeyFolder, *, office: str, origin: str, passphrase: str, day: date
) -> KeyList:
    """The ceremony: all keys made, and the first key list signed.

    Args:
        folder: where they are to lie; made if it isn't there.
        office: the issuing office by its full name.
        origin: what its keys are called in lists, e.g. `huichuan/cungaishe`.
        passphrase: seals the private keys.
        day: the first day of the keys.

    Raises:
        WrongUse: there are keys already, or the passphrase could be guessed.
        NotGenuine: the origin has spaces or a plus.
    """
    if folder.is_founded:
        raise WrongUse(
            f"在 {folder.path} 建立密钥", "已经有密钥", "更换密钥用 conversion keys rotate"
        )
    demand_passphrase(passphrase)
    own, root = Ed25519PrivateKey.generate(), new_root(office, day, _after(day, ROOT_YEARS))
    safe = _Safe(
        lists=NoteSigner(name=f"{origin}/{LIST_KEY}", seed=own.private_bytes_raw()), root=root
    )
    listed = KeyList(
        office=office,
        origin=origin,
        serial=0,
        issued_on=day,
        list_key=str(safe.lists.key),
        root=base64.b64encode(root.certificate.public_bytes(Encoding.DER)).decode(),
        codes=(),
        signers=(),
    )
    folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_note_key(folder.path / _LIST_FILE, own, passphrase)
    keep_certified(folder.path / _ROOT_FILE, root, passphrase)
    return _succeeded(folder, listed, safe, passphrase, day)


def rotate_keys(folder: KeyFolder, passphrase: str, day: date) -> KeyList:
    """New keys at work from a day on; those before end with it, and what they signed stays good.

    Raises:
        SetupIncomplete: the keys of the safe are not there, or the passphrase is another.
    """
    safe = _from_the_safe(folder, passphrase)
    return _succeeded(folder, folder.keys(), safe, passphrase, day)


def revoke_key(folder: KeyFolder, name: str, passphrase: str, day: date) -> KeyList:
    """A key that was lost or stolen: from now on nothing proves itself by it.

    Args:
        folder: the keys.
        name: the id of a code key, or the first digits of a certificate's fingerprint.
        passphrase: of the keys in the safe.
        day: when it was found.

    Raises:
        NotFound: the list has no such key.
        SetupIncomplete: see `rotate_keys`.
    """
    safe = _from_the_safe(folder, passphrase)
    listed = folder.keys()
    _demand_known(listed, name)
    revoked = {"revoked_on": day}
    changed = {
        "codes": tuple(
            c.model_copy(update=revoked) if _is_named(c, name) else c for c in listed.codes
        ),
        "signers": tuple(
            s.model_copy(update=revoked) if _is_named(s, name) else s for s in listed.signers
        ),
    }
    return _published(folder, listed.model_copy(update=changed), safe, day)


def open_signers(folder: KeyFolder, passphrase: str, day: date) -> Signers:
    """The keys that are at work on a day, opened.

    Raises:
        SetupIncomplete: none counts on that day, or the passphrase is another.
    """
    listed = folder.keys()
    code = next((c for c in reversed(listed.codes) if _is_at_work(c, day)), None)
    signer = next((s for s in reversed(listed.signers) if _is_at_work(s, day)), None)
    if code is None or signer is None:
        raise SetupIncomplete(
            "签署文书",
            f"{day} 没有可用的密钥：到期或已作废",
            "运行 conversion keys rotate 更换密钥",
        )
    own = open_certified(folder.path / f"signer-{signer.sha256[:_SHORT]}.p12", passphrase)
    seed = open_note_key(folder.path / f"code-{code.id}.p12", passphrase)
    return Signers(
        office=listed.office,
        origin=listed.origin,
        codes=NoteSigner(name=f"{listed.origin}/{CODE_KEY}", seed=seed),
        papers=PaperSigner(
            key=own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate=own.certificate.public_bytes(Encoding.DER),
            root=listed.root_der,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Safe:
    """The keys that lie in the safe but for a ceremony."""

    lists: NoteSigner
    root: Certified


def _from_the_safe(folder: KeyFolder, passphrase: str) -> _Safe:
    name = f"{folder.keys().origin}/{LIST_KEY}"
    seed = open_note_key(folder.path / _LIST_FILE, passphrase)
    return _Safe(
        lists=NoteSigner(name=name, seed=seed),
        root=open_certified(folder.path / _ROOT_FILE, passphrase),
    )


def _demand_known(listed: KeyList, name: str) -> None:
    names = [*(line.id for line in listed.codes), *(line.sha256 for line in listed.signers)]
    if len(name) < _SHORT or not any(known.startswith(name.lower()) for known in names):
        told = "、".join(known[:_SHORT] for known in names)
        raise NotFound(f"作废密钥 {name}", "公钥清单中没有", f"从中选择：{told}")


def _succeeded(
    folder: KeyFolder, listed: KeyList, safe: _Safe, passphrase: str, day: date
) -> KeyList:
    """The list with new keys at work, those before ended, all of it written down."""
    until = _after(day, WORKING_YEARS)
    code, signer = Ed25519PrivateKey.generate(), new_signer(safe.root, listed.office, day, until)
    public = code.public_key().public_bytes_raw()
    key = NoteKey(name=f"{listed.origin}/{CODE_KEY}", public=public)
    keep_note_key(folder.path / f"code-{key.id.hex()}.p12", code, passphrase)
    keep_certified(folder.path / f"signer-{signer.sha256[:_SHORT]}.p12", signer, passphrase)
    changed = {
        "codes": (
            *(c.model_copy(update={"until": min(c.until, day)}) for c in listed.codes),
            CodeKeyLine(
                id=key.id.hex(), key=base64.b64encode(public).decode(), since=day, until=until
            ),
        ),
        "signers": (
            *(s.model_copy(update={"until": min(s.until, day)}) for s in listed.signers),
            SignerLine(sha256=signer.sha256, since=day, until=until),
        ),
    }
    return _published(folder, listed.model_copy(update=changed), safe, day)


def _published(folder: KeyFolder, listed: KeyList, safe: _Safe, day: date) -> KeyList:
    issued = listed.model_copy(update={"serial": listed.serial + 1, "issued_on": day})
    folder.publish(KEY_LIST, issued.note(safe.lists))
    return issued


def _is_at_work(line: CodeKeyLine | SignerLine, day: date) -> bool:
    return line.counts_on(day) and line.revoked_on is None


def _is_named(line: CodeKeyLine | SignerLine, name: str) -> bool:
    own = line.id if isinstance(line, CodeKeyLine) else line.sha256
    return own.startswith(name.lower())


def _after(day: date, years: int) -> date:
    """The same day some years later; of 29 February the day before."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
