"""People who write to one bot: told what to do, and asked how they were answered."""

import json
import time
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any, Final

#: Seconds until something that should have happened counts as missing.
PATIENCE: Final = 120.0


class People:
    """Those who write to one bot, on the lean server."""

    def __init__(self, port: int, token: str) -> None:
        self._address = f"http://127.0.0.1:{port}/bench/{token}"
        self.token = token
        #: Raises when the bot has ended by itself, so that nobody waits for it.
        self.check: Callable[[], None] = lambda: None

    def do(self, order: str, **said: object) -> Any:  # noqa: ANN401 - JSON
        """Give an order to the server."""
        body = json.dumps(said).encode()
        with urllib.request.urlopen(  # noqa: S310 - the server is ours
            f"{self._address}/{order}", body, PATIENCE
        ) as got:
            return json.loads(got.read())

    def write(self, numbers: range, text: str | None, *, anew: bool = True) -> None:
        """Let each of these write a text, or tap, and note who is answered.

        Not `anew`, it is also noted of those who wrote before.
        """
        first, beyond = numbers.start, numbers.stop
        self.do("write", first=first, beyond=beyond, text=text, anew=anew)

    def answered(self) -> list[float | None]:
        """Tell when each of those who wrote last was answered; None: not yet."""
        found: list[float | None] = self.do("answered")
        return found

    def open(self, numbers: range, texts: Sequence[str]) -> None:
        """Let each of these come as far as the cycle, and stand in line there."""
        for text in texts:
            self.write(numbers, text)
            self.are_answered()
        self.stand_in_line(numbers)

    def stand_in_line(self, numbers: range) -> None:
        self.do("line", first=numbers.start, beyond=numbers.stop)

    def are_answered(self) -> None:
        """Wait until everybody who wrote is answered."""
        self._until(lambda: all(self.answered()), "Somebody was never answered.")

    def go(self, at_once: int, word: str | None) -> None:
        """Keep so many turns under way from now on."""
        self.do("go", at_once=at_once, word=word)

    def are_quiet(self) -> None:
        """Let nobody begin anything, and wait for what is under way."""
        self.go(0, None)
        self._until(
            lambda: not self.do("figures")["busy"], "A turn never came to its end."
        )

    def _until(self, reached: Callable[[], bool], otherwise: str) -> None:
        def checked() -> bool:
            self.check()
            return reached()

        until(checked, otherwise)


def until(reached: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so; raises `TimeoutError` when it never is."""
    limit = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > limit:
            raise TimeoutError(otherwise)
        time.sleep(0.02)
