"""The simulator's own controls over HTTP: /sim/…, for the page and for tests."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.catalogue import Catalogue
from bot.simulator import view
from bot.simulator.actions import CannotDoError
from bot.simulator.faults import LATE, RETRY_AFTER, STATUS, Fault, FaultKind
from bot.simulator.fingers import FINGERS
from bot.simulator.pace import StoryPace
from bot.simulator.page_texts import page_texts
from bot.simulator.phones import Owner, Phone
from bot.simulator.player import Player
from bot.simulator.wishes import wish
from bot.simulator.world import ReadyLink, World

#: What a phone does by itself is nobody's work, and may happen while a story is played.
_BY_ITSELF: Final = {"read", "move"}

#: How a story may be told to go on, by the last part of the path.
_WAYS: Final[Mapping[str, Callable[[StoryPace], None]]] = {
    "pause": StoryPace.pause,
    "go_on": StoryPace.go_on,
    "step": StoryPace.step,
    "slow": StoryPace.slow_down,
    "usual": StoryPace.speed_up,
}


class Controls:
    """Answers the page."""

    def __init__(self, world: World, catalogue: Catalogue, player: Player) -> None:
        self._world = world
        self._catalogue = catalogue
        self._player = player
        #: Where nobody says which.
        self._language = catalogue.languages[0]

    def routes(self) -> list[Route]:
        """Return what to serve."""
        post = ["POST"]
        return [
            Route("/sim/state", self.state),
            Route("/sim/events", self.events),
            Route("/sim/journal", self.journal),
            Route("/sim/texts", self.texts),
            Route("/sim/files/{file_id}", self.file),
            Route("/sim/clock", self.clock, methods=post),
            Route("/sim/faults", self.faults, methods=post),
            Route("/sim/letters", self.letters, methods=post),
            Route("/sim/play", self.play, methods=["GET", "POST"]),
            Route("/sim/play/{way}", self.go, methods=post),
            Route("/sim/reset", self.reset, methods=post),
            Route("/sim/phones", self.add_phone, methods=post),
            Route("/sim/phones/{key}/{action}", self.act, methods=post),
        ]

    async def state(self, _request: Request) -> Response:
        """Return everything that the page shows."""
        return JSONResponse(view.state(self._world, self._player))

    async def events(self, _request: Request) -> Response:
        """Tell, as server-sent events, that something has changed."""
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def _changes(self) -> AsyncIterator[str]:
        changes = self._world.changes
        while not changes.closed:
            version = changes.version
            yield f"data: {version}\n\n"
            await changes.beyond(version)

    async def journal(self, _request: Request) -> Response:
        """Return every call of the bot."""
        return JSONResponse([view.call(call) for call in self._world.journal])

    async def texts(self, request: Request) -> Response:
        """Return the words of the page."""
        language = request.query_params.get("lang", self._language)
        return JSONResponse(page_texts(self._catalogue, language))

    async def file(self, request: Request) -> Response:
        """Return a file that the bot has sent."""
        stored = self._world.files.get(request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": "There is no such file."}, 404)
        headers = {"Content-Disposition": "attachment"}
        return Response(stored.content, media_type=stored.media_type, headers=headers)

    async def clock(self, request: Request) -> Response:
        """Move the clock forward."""
        asked = await wish(request)
        self._world.clock.advance(asked.get("advance_seconds", 0.0))
        return self._done()

    async def faults(self, request: Request) -> Response:
        """Switch a fault on, or off with {"off": true}; without a kind, all off."""
        asked = await wish(request)
        kind = _kind(asked.need("kind")) if "kind" in asked.values else None
        if kind is None or asked.get("off", default=False):
            self._world.faults.switch_off(kind)
        else:
            fault = Fault(
                kind,
                count=asked.get("count", 0) or None,
                method=asked.get("method", "") or None,
                phone=asked.get("phone", "") or None,
                retry_after=asked.get("retry_after", RETRY_AFTER),
                status=asked.get("status", STATUS),
                chance=asked.get("chance", 1.0),
                seconds=asked.get("seconds", LATE),
            )
            self._world.faults.switch_on(fault)
        return self._done()

    async def letters(self, request: Request) -> Response:
        """Lay a link ready."""
        asked = await wish(request)
        role, payload = asked.need("role"), asked.need("payload")
        self._world.put_letter(ReadyLink(role, asked.get("reference", ""), payload))
        return self._done()

    async def play(self, request: Request) -> Response:
        """Begin the story, or tell how far it is."""
        if request.method == "POST":
            asked = await wish(request)
            pace = asked.get("pace_ms", -1)
            self._player.start(
                asked.get("language", self._language),
                pace if pace >= 0 else None,
                asked.get("story", "") or None,
            )
        return JSONResponse(view.progress(self._player))

    async def go(self, request: Request) -> Response:
        """Pause the story, take one step of it, slow it down, or stop it."""
        way = request.path_params["way"]
        if way == "stop":
            await self._player.stop()
        elif way in _WAYS:
            self._player.go(_WAYS[way])
        else:
            raise CannotDoError(f"A story can: stop, {', '.join(_WAYS)}.")
        return JSONResponse(view.progress(self._player))

    async def reset(self, request: Request) -> Response:
        """Begin again with new accounts, and new letters where they can be made."""
        asked = await wish(request)
        await self._player.stop()
        await self._player.reset(asked.get("language", self._language))
        return self._done()

    async def add_phone(self, request: Request) -> Response:
        """Add a phone, or give an old one a new account."""
        asked = await wish(request)
        key, name = asked.need("key"), asked.need("name")
        number = asked.get("number", "+4521374859")
        owner = Owner(key, name, number)
        self._world.add_phone(owner, asked.get("language_code", self._language))
        return self._done()

    async def act(self, request: Request) -> Response:
        """Let somebody do something with a phone."""
        phone, action = (
            self._phone(request.path_params["key"]),
            request.path_params["action"],
        )
        finger = FINGERS.get(action)
        if finger is None:
            raise CannotDoError(f"A phone can do: {', '.join(FINGERS)}.")
        if action not in _BY_ITSELF:
            self._by_hand()
        finger(self._world, phone, await wish(request))
        return self._done()

    def _by_hand(self) -> None:
        """Keep people and a story from disturbing each other on the phones.

        Raises:
            CannotDoError: while a story is being played.
        """
        if self._player.progress.state == "running":
            raise CannotDoError("The phones are locked while a story is being played.")
        self._world.by_hand = True

    def _phone(self, key: str) -> Phone:
        phone = self._world.phones.get(key)
        if phone is None:
            raise CannotDoError(f"There is no phone {key}.")
        return phone

    def _done(self) -> Response:
        self._world.changes.up()
        return JSONResponse({"ok": True})


def refused(_request: Request, error: Exception) -> Response:
    """Answer a wish that cannot be done."""
    return JSONResponse({"error": str(error)}, 409)


def _kind(name: str) -> FaultKind:
    try:
        return FaultKind(name)
    except ValueError:
        raise CannotDoError(f"A fault is one of: {', '.join(FaultKind)}.") from None
