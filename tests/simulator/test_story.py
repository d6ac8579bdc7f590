"""The story is played from a script, and says clearly where it stopped."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.catalogue import Catalogue
from bot.simulator.changes import Changes
from bot.simulator.pace import StoryPace
from bot.simulator.person import NotSeenError, PhoneUser
from bot.simulator.server import Simulator, running
from bot.simulator.story import (
    Command,
    Forward,
    OpenForwarded,
    OpenLink,
    Say,
    ShareContact,
    Stage,
    Story,
    StoryDesk,
    StoryStep,
    StoryTap,
    no_desk,
)
from bot.simulator.world import ReadyLink, World
from tests.simulator.echo import echoing
from tests.simulator.line import Line

#: The echo bot of the tests says and offers words of the page itself.
SCRIPT = (
    StoryStep("mediator", OpenLink(), hears="simulator.phone.empty"),
    StoryStep("victim", OpenLink(), hears="simulator.phone.empty"),
    StoryStep("victim", StoryTap("simulator.phone.send"), hears="simulator.play.step"),
    StoryStep("victim", ShareContact("simulator.send.contact")),
    StoryStep("victim", Say("Hej"), then=(("mediator", "simulator.bubble.from"),)),
)


async def prepare(language: str) -> Stage:
    letters = {"victim": f"VICTIM-{language}", "mediator": "MEDIATOR"}
    return Stage(letters, {"case": "26-0042"})


@asynccontextmanager
async def stage(
    world: World,
    catalogue: Catalogue,
    script: tuple[StoryStep, ...] = SCRIPT,
    desk: StoryDesk = no_desk,
    patience: float = 20,
) -> AsyncIterator[Simulator]:
    stories = {
        "usual": Story(prepare, SCRIPT, pace_ms=0, patience=patience),
        "other": Story(prepare, script, desk, pace_ms=0, patience=patience),
    }
    async with (
        running(world, catalogue=catalogue, stories=stories) as simulator,
        echoing(simulator, catalogue),
    ):
        yield simulator


@pytest.mark.parametrize("language", ["da", "en"])
async def test_a_story_is_played_to_its_end(
    world: World, catalogue: Catalogue, language: str
) -> None:
    async with stage(world, catalogue) as simulator:
        before = world.phones["victim"].user_id
        simulator.player.start(language)
        progress = await simulator.player.finished()
    assert progress.waited_for == ""
    assert (progress.state, progress.step, progress.steps) == ("finished", 5, 5)
    phone = world.phones["victim"]
    assert phone.language_code == language
    assert phone.user_id != before
    assert "✓" in [bubble.text for bubble in phone.chat.bubbles.values()]


async def test_a_story_that_stops_says_who_waited_for_what(
    world: World, catalogue: Catalogue
) -> None:
    script = (SCRIPT[0], StoryStep("victim", StoryTap("simulator.reset")))
    async with (
        stage(world, catalogue, script, patience=2) as simulator,
        Line.to(simulator) as line,
    ):
        await line.sim("play", language="da", story="other")
        await simulator.player.finished()
        told = await line.look("play")
    assert (told["state"], told["step"], told["phone"]) == ("failed", 2, "victim")
    assert "Begynd" in told["waited_for"]


#: What the echo bot tells a mediator ends with a link.
SENT_ON = (
    SCRIPT[0],
    SCRIPT[1],
    StoryStep("victim", Say("Hej"), then=(("mediator", "simulator.bubble.from"),)),
    StoryStep("mediator", Forward("simulator.bubble.from", "parent")),
    StoryStep("parent", OpenForwarded(), hears="simulator.phone.empty"),
)


async def test_what_is_sent_on_can_be_opened_there(
    world: World, catalogue: Catalogue
) -> None:
    async with stage(world, catalogue, SENT_ON) as simulator:
        simulator.player.start("da", story="other")
        progress = await simulator.player.finished()
    assert (progress.state, progress.waited_for) == ("finished", "")
    (note,) = world.phones["parent"].notes
    assert (note.sender, note.text.split()[:2]) == ("mediator", ["Fra", "Sofie"])
    opened = world.phones["parent"].chat.bubbles.values()
    assert "/start FRA_MIG" in [bubble.text for bubble in opened]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            StoryStep("victim", OpenForwarded()),
            "Nobody has sent anything on to victim.",
        ),
        (
            StoryStep("victim", Forward("simulator.reset", "parent")),
            "victim has nothing that says “Begynd",
        ),
    ],
)
async def test_nothing_can_be_sent_on_or_opened_that_is_not_there(
    world: World, catalogue: Catalogue, step: StoryStep, said: str
) -> None:
    async with stage(world, catalogue, (step,)) as simulator:
        simulator.player.start("da", story="other")
        progress = await simulator.player.finished()
    assert progress.state == "failed"
    assert progress.waited_for.startswith(said)


async def test_what_is_typed_at_the_desk_is_done_and_shown(
    world: World, catalogue: Catalogue
) -> None:
    typed: list[Sequence[str]] = []

    async def desk(words: Sequence[str]) -> None:
        typed.append(words)

    verify = "case verify {case} --by 'Birgit Holm'"
    script = (StoryStep("coordinator", Command(verify)),)
    async with stage(world, catalogue, script, desk) as simulator:
        simulator.player.start("da", story="other")
        progress = await simulator.player.finished()
    assert typed == [["case", "verify", "26-0042", "--by", "Birgit Holm"]]
    (part,) = progress.told
    assert part.typed == ("konfliktraad case verify 26-0042 --by 'Birgit Holm'",)


async def test_all_that_onlookers_are_told_can_be_read_until_the_next_performance(
    world: World, catalogue: Catalogue
) -> None:
    """Who looks only now and then still learns of each part."""

    async def desk(words: Sequence[str]) -> None:
        assert words

    script = (
        replace(SCRIPT[0], caption="simulator.story.victim.arrives"),
        *SCRIPT[1:],
        StoryStep(
            "coordinator", Command("case list"), caption="simulator.story.desk.mother"
        ),
        StoryStep("coordinator", Command("queue list")),
    )
    async with stage(world, catalogue, script, desk) as simulator:
        seen = []
        for _ in range(2):
            simulator.player.start("da", story="other")
            assert simulator.player.progress.told == ()
            progress = await simulator.player.finished()
            seen.append((progress.performance, progress.told))
    assert [number for number, _ in seen] == [1, 2]
    first, second = seen[-1][1]
    assert first.caption.startswith("Sofie har fået et brev.")
    assert first.typed == ()
    assert second.typed == ("konfliktraad case list", "konfliktraad queue list")


async def test_without_a_desk_nothing_is_typed(
    world: World, catalogue: Catalogue
) -> None:
    script = (StoryStep("coordinator", Command("case list")),)
    async with stage(world, catalogue, script) as simulator:
        simulator.player.start("da", story="other")
        progress = await simulator.player.finished()
    assert progress.waited_for == "Nobody has a desk here to type 'case list' at."


async def test_a_story_is_asked_for_by_name(world: World, catalogue: Catalogue) -> None:
    async with stage(world, catalogue) as simulator, Line.to(simulator) as line:
        assert (await line.look("play"))["stories"] == ["usual", "other"]
        refused = await line.sim("play", language="da", story="third")
        assert refused["error"] == "A story is one of: usual, other."


async def test_one_story_at_a_time(world: World, catalogue: Catalogue) -> None:
    async with stage(world, catalogue) as simulator, Line.to(simulator) as line:
        await line.sim("play", language="da", pace_ms=5000)
        assert "already" in (await line.sim("play", language="da"))["error"]
        await line.sim("reset", language="en")
        assert (await line.look("play"))["state"] == "idle"
        state = await line.look("state")
    assert [letter["payload"] for letter in state["letters"]] == [
        "VICTIM-en",
        "MEDIATOR",
    ]
    assert {phone["language_code"] for phone in state["phones"]} == {"en"}


#: Longer than any test waits.
NEVER_MS = 60_000


async def test_a_story_is_paused_and_taken_step_by_step(
    world: World, catalogue: Catalogue
) -> None:
    async with stage(world, catalogue) as simulator, Line.to(simulator) as line:
        await line.sim("play", language="da", pace_ms=NEVER_MS)
        await reaches(simulator, 1)
        assert (await line.sim("play/pause"))["paused"]
        for step in (2, 3):
            await line.sim("play/step")
            await reaches(simulator, step)
        assert (await line.look("play"))["paused"]
        assert not (await line.sim("play/go_on"))["paused"]


async def test_a_story_that_is_slowed_down_rests_longer() -> None:
    clock = asyncio.get_running_loop()
    for turn, least in ((StoryPace.slow_down, 0.3), (StoryPace.speed_up, 0.1)):
        pace, before = StoryPace(Changes()), clock.time()
        turn(pace)
        await pace.rest(0.1)
        assert least <= clock.time() - before < least + 0.2


async def test_the_phones_are_locked_until_the_story_is_stopped(
    world: World, catalogue: Catalogue
) -> None:
    """What the story has not opened lies ready then."""
    async with stage(world, catalogue) as simulator, Line.to(simulator) as line:
        await line.sim("play", language="da", pace_ms=NEVER_MS)
        await reaches(simulator, 1)
        refused = await line.sim("phones/victim/say", text="Hej")
        assert "locked" in refused["error"]
        assert (await line.sim("phones/victim/read"))["ok"]
        assert not (await line.look("state"))["by_hand"]

        assert (await line.sim("play/stop"))["state"] == "stopped"
        state = await line.look("state")
        assert [letter["role"] for letter in state["letters"]] == ["victim"]
        assert (await line.sim("phones/victim/start", payload="VICTIM-da"))["ok"]
        assert (await line.look("state"))["by_hand"]
        assert "No story" in (await line.sim("play/pause"))["error"]
        assert "stop, pause" in (await line.sim("play/hop"))["error"]


async def reaches(simulator: Simulator, step: int) -> None:
    """Wait until the story has come to this step."""
    async with asyncio.timeout(20):
        while simulator.player.progress.step < step:
            await simulator.world.changes.beyond(simulator.world.changes.version)


async def test_a_letter_lies_ready_once(world: World) -> None:
    for _ in range(2):
        world.put_letter(ReadyLink("victim", "26-0042", "LETTER"))
    assert len(world.letters) == 1


async def test_hears_waits_for_what_is_new(line: Line, sofie: PhoneUser) -> None:
    """Words that were said before the person did something do not count."""
    await line.says(sofie.phone.user_id, "Tak")
    assert (await sofie.hears("Tak")).text == "Tak"
    sofie.says("Hej")
    with pytest.raises(NotSeenError, match=r"victim waited 0\.05 s for “Tak”"):
        await sofie.hears("Tak", 0.05)


async def test_misses_waits_until_something_is_gone(
    line: Line, sofie: PhoneUser
) -> None:
    sent = await line.says(sofie.phone.user_id, "Tak")
    chat = sofie.phone.user_id
    with pytest.raises(NotSeenError):
        await sofie.misses("Tak", 0.05)
    await line.call("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    await sofie.misses("Tak")


async def test_a_button_that_is_not_there_is_reported_with_those_that_are(
    line: Line, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja", "Nej")
    with pytest.raises(NotSeenError, match=r"“Måske”.*\['Ja', 'Nej'\]"):
        sofie.taps("Måske")
