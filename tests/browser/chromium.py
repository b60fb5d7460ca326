"""A real browser for the tests, spoken to over a pipe (Chrome DevTools Protocol): no driver."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), "")
PATIENCE = 60
"""Seconds that a page may take to be ready."""


class Browser:
    """One Chromium without a window; every page that a test opens is a tab of its own."""

    def __init__(self, folder: Path) -> None:
        theirs, self._said = os.pipe()
        self._heard, ours = os.pipe()
        options = (f"--user-data-dir={folder}", "--headless", "--no-sandbox", "--disable-gpu")
        # It listens on descriptor 3 and answers on 4.
        line = f'exec "$0" "$@" 3<&{theirs} 4>&{ours}'
        self._program = subprocess.Popen(
            ["bash", "-c", line, PROGRAM, "--remote-debugging-pipe", *options],
            pass_fds=(theirs, ours),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(ours)
        self._answers = os.fdopen(self._heard, "rb")
        self._left = b""
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.terminate()
        self._program.wait(timeout=PATIENCE)
        os.close(self._said)
        self._answers.close()

    def open(self, address: str) -> "Tab":
        """A page in a tab of its own."""
        target = self.call("Target.createTarget", url=address)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Tab(self, session)

    def call(self, method: str, session: str = "", **params: Any) -> Any:
        """The result of one command."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        of = {"sessionId": session} if session else {}
        os.write(self._said, json.dumps(message | of).encode() + b"\0")
        while (answer := self._next()).get("id") != self._count:
            pass  # an event, which nobody here waits for
        assert "error" not in answer, answer
        return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._left:
            read = os.read(self._heard, 1 << 16)
            assert read, "the browser is gone"
            self._left += read
        message, _, self._left = self._left.partition(b"\0")
        return json.loads(message)


class Tab:
    """One page."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def wait(self, condition: str) -> None:
        """Until a JavaScript condition holds."""
        end = monotonic() + PATIENCE
        while not self.do(f"return !!document.body && {condition};"):
            assert monotonic() < end, condition
            sleep(0.02)

    def do(self, acts: str) -> Any:
        """What the body of an asynchronous JavaScript function returns; `$` finds by id."""
        found = "const $ = (id) => document.getElementById(id);"
        done = self._browser.call(
            "Runtime.evaluate",
            self._session,
            expression=f"(async () => {{ {found} {acts} }})()",
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")
