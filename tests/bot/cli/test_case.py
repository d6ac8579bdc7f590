"""A coordinator opens cases and looks at them, before anybody has answered."""

import re
from pathlib import Path

import pytest

from flows.rules.case import Status
from flows.rules.districts import DISTRICTS
from tests.bot.cli.conftest import OFFICES
from tests.bot.cli.terminal import Terminal, token

FYN = "case open --district fyn --relation"
LONGEST_DISTRICT = max(DISTRICTS, key=len)
LINK = re.compile(r"https://t\.me/konfliktraad_bot\?start=[0-9A-HJKMNP-TV-Z]{12}")


def silent(role: str, n: int, more: list[str]) -> dict[str, object]:
    """Tell how a party is shown of whom nothing is known."""
    facts = ["age-band", *more, "tie", "orders", "fear", "understood"]
    return {
        "role": role,
        "n": n,
        "joined": False,
        "blocked_since": None,
        "elsewhere": [],
        "holders": [],
        "no_authority": [],
        "missing": [*facts, "hear_more", "data_notice", "take_part"],
    }


def test_a_case_is_opened_with_a_link_for_each_side(office: Terminal) -> None:
    opened = office.gets(f"{FYN} other", kind=dict)
    assert list(opened) == ["case", "victim", "offender", "links"]
    assert re.fullmatch(r"KR-[0-9A-Z]{6}", opened["case"])
    due = office.gets("case show", opened["case"], kind=dict)["due"]
    for one, role in zip(opened["links"], ("victim", "offender"), strict=True):
        assert (one["role"], one["n"], one["link"]) == (role, 1, opened[role])
        assert one["valid_until"].startswith(due), "no longer than its case"
    assert all(LINK.fullmatch(opened[role]) for role in ("victim", "offender"))
    assert opened["victim"] != opened["offender"]


def test_each_of_several_parties_has_a_link_of_their_own(office: Terminal) -> None:
    opened = office.gets(f"{FYN} unknown --victims 2 --offenders 3", kind=dict)
    parties = [(one["role"], one["n"]) for one in opened["links"]]
    offenders = [("offender", 1), ("offender", 2), ("offender", 3)]
    assert parties == [("victim", 1), ("victim", 2), *offenders]
    assert len({one["link"] for one in opened["links"]}) == 5


def test_the_letter_can_be_typed_and_says_until_when_it_is_valid(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONFLIKTRAAD_LINK_DAYS", "7")
    printed = office.prints(f"{FYN} other")
    links = LINK.findall(printed)
    typed = re.findall(r"(\w{4}-\w{4}-\w{4}), valid until \d{4}-\d\d-\d\d\n", printed)
    assert [code.replace("-", "") for code in typed] == [token(link) for link in links]
    assert len(links) == 2


def test_between_people_who_are_close_nobody_is_invited(office: Terminal) -> None:
    opened = office.gets(f"{FYN} close", kind=dict)
    assert LINK.fullmatch(opened["victim"])
    assert opened["offender"] is None
    assert [one["role"] for one in opened["links"]] == ["victim"]

    refused = office.types("case link --role offender", opened["case"])
    assert refused.code == 2
    assert "when the victim has said in the chat that they want it" in refused.sentence


def test_a_side_that_is_not_served_gets_no_link(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONFLIKTRAAD_ROLES", "victim")
    printed = office.prints(f"{FYN} other")
    assert printed.endswith(
        "No link is made for the offender: KONFLIKTRAAD_ROLES does not name them.\n"
    )
    assert len(LINK.findall(printed)) == 1


def test_a_relation_that_is_unknown_is_refused_in_one_sentence(
    office: Terminal,
) -> None:
    refused = office.types(f"{FYN} friends")
    assert refused.code == 2
    assert refused.sentence == (
        "Invalid value for '--relation': 'friends' is not one of 'close', 'other', "
        "'unknown'."
    )


def test_the_intake_is_closed_and_opened(office: Terminal) -> None:
    assert office.prints("intake status") == "The intake is open.\n"
    assert office.prints("intake close").startswith("The intake has been closed since")
    closed = office.gets("intake close", kind=dict)
    assert not closed["open"]
    assert office.gets("intake status", kind=dict) == closed
    assert office.gets("intake open", kind=dict) == {"open": True, "closed_since": None}


def test_no_case_is_opened_where_nobody_could_be_turned_to(office: Terminal) -> None:
    refused = office.types("case open --district bornholm --relation other")
    assert refused.code == 2
    assert refused.sentence.startswith("bornholm has neither a coordinator nor")
    assert office.gets("case list", kind=list) == []


def test_staff_see_how_a_case_stands(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    case = office.gets("case show", reference.lower(), kind=dict)
    opened, due = case.pop("opened"), case.pop("due")
    assert case == {
        "case": reference,
        "status": "collecting",
        "district": "fyn",
        "relation": "other",
        "mediator": None,
        "taken": None,
        "stopped": None,
        "needs": [],
        "parties": [
            silent("victim", 1, []),
            silent("offender", 1, ["confession"]),
        ],
    }
    assert opened.endswith("+00:00")
    assert due > opened[:10]
    assert f"Case {reference} is collecting" in office.prints("case show", reference)


def test_cases_are_listed_oldest_first_and_by_status(office: Terminal) -> None:
    first = office.gets(f"{FYN} other", kind=dict)["case"]
    second = office.gets(f"{FYN} unknown", kind=dict)["case"]
    office.prints("case end --reason opened_by_mistake --by Anna", first)

    assert [one["case"] for one in office.gets("case list", kind=list)] == [
        first,
        second,
    ]
    ended = office.gets("case list --status ended", kind=list)
    assert [(one["case"], one["status"]) for one in ended] == [(first, "ended")]
    assert second in office.prints("case list")
    assert (
        office.prints("case list --status claimed") == "There are no cases to list.\n"
    )


def test_a_case_that_is_over_stays_as_it_is(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    result = office.gets(
        "case end --reason opened_by_mistake --by Anna", reference, kind=dict
    )
    assert result == {"case": reference, "status": "ended"}
    for command in (
        "case end --reason again --by Anna",
        "case clear --reason minor --party victim:1 --how call --by Anna",
        "case link --role victim",
    ):
        refused = office.types(command, reference)
        assert refused.code == 2
        assert f"Case {reference} is ended" in refused.sentence


def test_nothing_open_cannot_be_cleared(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    result = office.types("case clear --reason minor --how call --by Anna", reference)
    assert result.code == 1
    assert "konfliktraad case show" in result.sentence


def test_the_card_is_not_for_cases_that_nobody_has_to_call(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    refused = office.types("case card --by Anna", reference)
    assert refused.code == 2
    assert "is collecting" in refused.sentence


def test_a_number_that_a_side_does_not_have_is_refused(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    refused = office.types("case link --role victim --n 3", reference)
    assert refused.code == 2
    assert "no number 3" in refused.sentence


def test_the_next_number_adds_a_party(office: Terminal) -> None:
    reference = office.gets(f"{FYN} other", kind=dict)["case"]
    linked = office.gets("case link --role offender --n 2", reference, kind=dict)
    assert list(linked) == ["case", "role", "n", "link", "valid_until"]
    assert (linked["role"], linked["n"]) == ("offender", 2)
    parties = office.gets("case show", reference, kind=dict)["parties"]
    assert silent("offender", 2, ["confession"]) in parties


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("case show KR-000000", "No case has this reference"),
        ("case list --status open", "'needs_human'"),
        ("case open --district fyn --relation friend", "'close', 'other', 'unknown'"),
        ("case open --district jylland --relation other", "nordjylland, oestjylland"),
        ("case open --district fyn", "Missing option '--relation'"),
        (
            "case open --district fyn --relation other --victims 0",
            "greater than or equal to 1",
        ),
        ("case end KR-000000 --by Anna --reason Beaten", "lower-case letters"),
        ("case end KR-000000 --reason moved_away", "Missing option '--by'"),
        ("case link KR-000000 --role unsaid", "'victim', 'offender'"),
        ("queue list --district jylland", "there is no such police district"),
        ("staff remove nobody", "konfliktraad staff list"),
    ],
)
def test_what_is_asked_for_wrongly_is_told_in_one_sentence(
    office: Terminal, command: str, told: str
) -> None:
    refused = office.types(command)
    assert refused.code == 2
    assert told in refused.sentence


def test_a_district_that_does_not_exist_gets_the_twelve_that_do(
    office: Terminal,
) -> None:
    sentence = office.types("staff invite --role mediator --district jylland").sentence
    assert sentence.count(",") == 11
    assert sentence.endswith("bornholm.")


def test_the_list_fits_a_window_of_80_columns(office: Terminal) -> None:
    with Path("contacts.toml").open("a", encoding="utf-8") as contacts:
        contacts.write(OFFICES.replace("fyn", LONGEST_DISTRICT))
    office.prints(f"case open --relation other --district {LONGEST_DISTRICT}")
    printed = office.prints("case list")
    assert LONGEST_DISTRICT in printed
    grows = len(max(Status, key=len)) - len(Status.COLLECTING)
    assert max(map(len, printed.split("\n"))) + grows <= 80
