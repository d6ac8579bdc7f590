"""What the page offers is what the simulator can do."""

import re

import pytest

from bot.catalogue import Catalogue
from bot.simulator.faults import FaultKind
from bot.simulator.fingers import FINGERS
from bot.simulator.origins import ForwardOrigin
from bot.simulator.page_texts import page_texts
from bot.simulator.server import PAGE
from bot.simulator.unusable_messages import ALL_KINDS


def _list(file: str, name: str) -> list[str]:
    source = (PAGE / file).read_text("utf-8")
    found = re.search(rf"^const {name} = \[(.*)\];$", source, re.MULTILINE)
    assert found is not None, f"{file} has no list {name}."
    return re.findall(r'"(\w+)"', found[1])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["USUAL", "OTHERS", "REMARKS"])
def test_each_kind_that_is_offered_can_be_sent_and_has_a_name(
    catalogue: Catalogue, language: str, name: str
) -> None:
    words = page_texts(catalogue, language)
    for kind in _list("attach.js", name):
        assert kind in ALL_KINDS
        assert f"simulator.send.{kind}" in words


def test_each_origin_that_is_offered_is_one() -> None:
    assert {*_list("attach.js", "ORIGINS")} == {*ForwardOrigin} - {ForwardOrigin.BOT}


def test_each_fault_can_be_switched_on() -> None:
    assert sorted(_list("panel.js", "KINDS")) == sorted(FaultKind)


def test_each_action_of_the_page_is_one_of_a_phone() -> None:
    sources = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))
    direct = re.findall(r'server\.phone\([\w.]*key, "(\w+)"', sources)
    named = re.findall(r'way\(.*, "(\w+)"|action: "(\w+)"', sources)
    asked = {*direct, *(one or other for one, other in named)}
    assert {"album", "bring", "edit", "move", "reply", "start"} <= asked
    assert asked <= FINGERS.keys()
