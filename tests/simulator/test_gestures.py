"""What a phone does beside sending a text: albums, places, edits, no network."""

import pytest

from bot.simulator.actions import CannotDoError
from bot.simulator.person import PhoneUser
from bot.simulator.texts import Cut, length, pieces
from bot.simulator.world import World
from tests.simulator.line import Line, StillClock
from tests.simulator.test_origins import newest


def test_an_album_is_one_act_and_many_messages(world: World, sofie: PhoneUser) -> None:
    sofie.sends_album(10, "Ja")
    messages = newest(world, 10)
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id
    assert [message.caption for message in messages] == ["Ja", *[None] * 9]
    assert len({message.photo[-1].file_id for message in messages}) == 10


def test_two_albums_are_two_and_one_photo_is_none(
    world: World, sofie: PhoneUser
) -> None:
    sofie.sends_album(12)
    sofie.sends_album(2)
    sofie.sends_album(1)
    groups = [message.media_group_id for message in newest(world, 15)]
    assert len({*groups[:10]}) == len({*groups[10:12]}) == len({*groups[12:14]}) == 1
    assert len({*groups[:14]}) == 3
    assert groups[14] is None


def test_a_live_location_moves_by_itself_until_it_is_stopped(
    world: World, sofie: PhoneUser, clock: StillClock
) -> None:
    first = sofie.shares_live_location()
    for _ in range(3):
        clock.advance(4)
        sofie.moves()
    sofie.stops_sharing()
    shared, *edits = newest(world, 5)
    assert [edit.message_id for edit in edits] == [first.message_id] * 4
    assert shared.edit_date is None
    assert all(edit.edit_date for edit in edits)
    updates = [update.as_json() for update in world.updates.waiting()[-5:]]
    assert [list(u)[1] for u in updates] == ["message", *["edited_message"] * 4]
    places = [list(u.values())[1]["location"] for u in updates]  # type: ignore[index]
    assert len({place["latitude"] for place in places}) == 4
    assert [place.get("live_period") for place in places] == [900] * 4 + [None]
    with pytest.raises(CannotDoError, match="no live location"):
        sofie.moves()


def test_words_can_be_changed_for_two_days(sofie: PhoneUser, clock: StillClock) -> None:
    sofie.says("Ja")
    photo = sofie.sends_album(1, "Ja")[0]
    clock.advance(48 * 3600 - 1)
    sofie.edits("Nej")
    clock.advance(1)
    with pytest.raises(CannotDoError, match="48 hours"):
        sofie.edits("Jo")
    with pytest.raises(CannotDoError, match="48 hours"):
        sofie.edits_caption(photo, "Jo")


def test_an_edit_can_change_no_word(
    world: World, sofie: PhoneUser, clock: StillClock
) -> None:
    sofie.says("https://konfliktraad.dk")
    clock.advance(2)
    sofie.edits_no_word()
    sofie.edits_no_word(hidden=False)
    said, hidden, dated = newest(world, 3)
    assert said.text == hidden.text == dated.text
    assert hidden.edit_date is None
    assert dated.edit_date == clock.now()
    last = world.updates.waiting()[-1]
    assert last.kind == "edited_message"


def test_an_earlier_text_can_be_changed(world: World, sofie: PhoneUser) -> None:
    sofie.says("Ja")
    earlier = sofie.reads()[-1]
    sofie.says("Hej")
    sofie.edits("Nej", earlier)
    [edited] = newest(world)
    assert (edited.message_id, edited.text) == (earlier.message_id, "Nej")
    assert [b.text for b in sofie.reads()[-2:]] == ["Nej", "Hej"]


def test_what_somebody_else_wrote_cannot_be_changed(sofie: PhoneUser) -> None:
    [forwarded] = sofie.forwards("Ja")
    for other in (forwarded, sofie.says_through_a_bot("Ja")):
        with pytest.raises(CannotDoError, match="no text of one's own"):
            sofie.edits("Nej", other)


def test_words_under_a_photo_can_be_changed(world: World, sofie: PhoneUser) -> None:
    [first, *_] = sofie.sends_album(3, "Ja")
    changed = sofie.edits_caption(first, "Nej")
    assert newest(world)[0].caption == "Nej"
    sofie.edits_caption(changed, "")
    [bare] = newest(world)
    assert (bare.caption, bool(bare.photo)) == (None, True)
    sofie.sends("dice")
    with pytest.raises(CannotDoError, match="no words of one's own"):
        sofie.edits_caption(sofie.reads()[-1], "Nej")


def test_what_was_written_without_a_network_comes_later_as_if_written_then(
    world: World, sofie: PhoneUser, clock: StillClock
) -> None:
    waiting = len(world.updates.waiting())
    sofie.loses_network()
    sofie.says("Ja")
    sofie.says("ja")
    with pytest.raises(CannotDoError, match="no network"):
        sofie.sends("photo")
    assert len(world.updates.waiting()) == waiting
    clock.advance(600)
    sofie.finds_network()
    first, second = newest(world, 2)
    assert (first.text, second.text) == ("Ja", "ja")
    assert first.date == second.date == clock.now()
    assert not first.is_from_offline


async def test_ours_and_theirs_are_numbered_together_as_the_server_gets_them(
    line: Line, sofie: PhoneUser, jonas: PhoneUser
) -> None:
    """The number tells the order, however late the bot fetches what was written."""
    jonas.open_link()
    start = sofie.reads()[-1].message_id
    sofie.says("Hej")
    asked = await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    sofie.says("Ja")
    other = await line.says(jonas.phone.user_id, "Hej")
    numbers = [b.message_id for b in sofie.reads()]
    assert numbers[-3:] == sorted(numbers[-3:])
    assert numbers[-2] == asked["message_id"]
    assert numbers[-1] < other["message_id"]
    fetched = [u["message"]["message_id"] for u in await line.updates()]
    assert fetched[-2:] == [numbers[-3], numbers[-1]]
    assert start < numbers[-3]


def test_a_group_counts_its_own(world: World, sofie: PhoneUser) -> None:
    """So a number alone does not tell which message is meant."""
    sofie.says("Hej")
    sofie.writes_in_group("Ja")
    private, group = sofie.reads()[-1], newest(world)[0]
    assert (group.message_id, group.chat.type) == (1, "supergroup")
    assert private.message_id == 2


@pytest.mark.parametrize("cut", Cut)
def test_a_long_text_is_cut_as_the_apps_cut(cut: Cut) -> None:
    """No part is too long or empty, and no word is lost, wherever an app cuts."""
    told = "Det var i går. " * 200 + "\n" + "og så " * 600
    parts = pieces(told, cut)
    assert len(parts) > 1
    assert all(0 < length(part) <= 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(told.split())


def test_only_without_a_break_the_first_part_is_as_long_as_can_be() -> None:
    words = "Det var i går. " * 400
    near, sentence = pieces(words, Cut.NEAR)[0], pieces(words, Cut.SENTENCE)[0]
    assert 4096 - 300 <= length(near) < 4096
    assert sentence.endswith("går.")
    early = "Ja. " + "a" * 5000
    assert pieces(early, Cut.SENTENCE)[0] == "Ja."
    for cut in Cut:
        assert length(pieces("a" * 5000, cut)[0]) == 4096


def test_the_apps_count_an_emoji_twice_and_never_cut_through_it() -> None:
    parts = pieces("a" + "🙂" * 3000)
    assert [len(part) for part in parts] == [2048, 953]
    assert length(parts[0]) == 4095
