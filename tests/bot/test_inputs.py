"""What is asked for is found in a text, and nothing else is taken for it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import inputs
from bot.chat.cpr import holds_cpr
from bot.chat.inputs import ACCEPTS
from bot.storage.links import token_in
from flows.model import Input
from flows.words.characters import cleaned

BETWEEN = [
    "",
    " ",
    "-",
    "\u2014",
    "\u2212",
    ".",
    " og ",
    " - ",
    "/",
    ") ",
    "\u00ad",
    "\n",
]
CPR = [
    "010190\u20141234",
    "010190 12 34",
    "01.01.90.12.34",
    "01011990-1234",
    "(010190) 1234",
    "\u0660\u0661\u0660\u0661\u0669\u0660-\u0661\u0662\u0663\u0664",
    "\uff10\uff11\uff10\uff11\uff19\uff10\uff11\uff12\uff13\uff14",
    "0 1 0 1 9 0 1 2 3 4",
    "610190-1234",
    "20163847 010190-1234",
    "10-12, 010190-1234",
    "10-12-13-15-30",
    "10-12-13-15.30",
    "01/05/55 12-34",
    "24/01 90-1315",
    "20/10 0515-30",
    "01.05.55 1230",
    "1. januar 1990-1234",
    "1.1.1990-1234",
    "1/1 90 1234",
    "010190 og s\u00e5 1234",
    "010190....1234",
    "19900101-1234",
    "+450101901234",
]


@pytest.mark.parametrize("number", CPR)
@pytest.mark.parametrize("wants", ACCEPTS)
def test_no_input_takes_a_cpr_number(wants: Input, number: str) -> None:
    for text in (number, f"Kim {number}", f"20163847, cpr {number}"):
        assert ACCEPTS[wants](cleaned(text)) is None, text
        assert inputs.refusal(wants, text) == "common.cpr", text


def test_an_address_may_not_hold_one_either() -> None:
    assert inputs.email("kim.010190-1234@eksempel.dk") is None


@pytest.mark.parametrize("century", ["", "19"])
def test_it_is_found_however_its_groups_are_parted(century: str) -> None:
    for one, two in product(BETWEEN, repeat=2):
        for number in (
            f"0101{century}90{one}1234",
            f"01{one}01{two}{century}90{two}1234",
        ):
            assert holds_cpr(number), number
            assert holds_cpr(number, tells_hours=True), number


@settings(deadline=None)
@given(st.integers(0, 9), st.lists(st.sampled_from(["", " ", "-", "."]), min_size=9))
def test_it_is_found_with_anything_between_its_digits(
    last: int, gaps: list[str]
) -> None:
    parts = [*gaps[:9], ""]
    text = "".join(d + gap for d, gap in zip(f"310585123{last}", parts, strict=True))
    assert holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "hverdage 10-12 og 13-15.30",
        "kl. 10.15-12.30, 14-16",
        "man 10-12 tir 13-15 ons 16-18",
        "10 til 12 og 13 til 15.30",
        "10:15-12:30 13-15",
        "weekdays 10 to 12 and 13 to 15.30",
        "kl 10, 12, 14, 16 og 18",
        "10.12.2026 kl 14.30",
        "den 10/12 kl 14-16 og 18-20",
        "d. 10/12 10-12 og 13-15",
        "1/5 10-12, 2/5 13-15",
        "1. januar 2027 1400-1600",
    ],
)
def test_hours_are_no_number_where_times_are_asked_for(text: str) -> None:
    assert ACCEPTS[Input.TIMES](text) == text


@pytest.mark.parametrize(
    "text", ["ring på +3120 794 0800", "0046 10 123 45 67", "20163847", "maj 2010"]
)
def test_nor_is_a_phone_number_or_a_year(text: str) -> None:
    assert not holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "mit nummer er 20 16 38 47",
        "my number is +45 20 16 38 47, thanks",
        "tlf.: 20163847.",
        "20\u201416\u201438\u201447",
        "\u0662\u0660\u0661\u0666\u0663\u0668\u0664\u0667",
        "20163847 - ja, 20163847",
    ],
)
def test_a_phone_number_is_found_in_a_text(text: str) -> None:
    assert inputs.phone(text) == "+45 20 16 38 47"
    assert inputs.contact(text) == "+45 20 16 38 47"


@pytest.mark.parametrize(
    "text",
    ["20 16 38 47 eller 20 16 38 48", "20163847@eksempel.dk", "0101901234", "ring"],
)
def test_of_two_numbers_none_is_chosen(text: str) -> None:
    assert inputs.phone(text) is None


@pytest.mark.parametrize("text", ["+888 0123 4567", "88801234567", "00888 01234567"])
@pytest.mark.parametrize("wants", [Input.PHONE, Input.CONTACT])
def test_a_number_that_nobody_can_call_has_a_sentence_of_its_own(
    text: str, wants: Input
) -> None:
    assert ACCEPTS[wants](text) is None
    assert inputs.refusal(wants, text) == "input.refused.anonymous"


@pytest.mark.parametrize(
    "text",
    [
        "<kim@eksempel.dk>,",
        "mail: kim@eksempel.dk.",
        "mail:kim@eksempel.dk",
        "my mail is \u201ckim@eksempel.dk\u201d",
        "mailto:kim@eksempel.dk",
    ],
)
def test_an_address_is_found_in_a_text(text: str) -> None:
    assert inputs.email(text) == "kim@eksempel.dk"


@pytest.mark.parametrize("text", ["a@b.dk c@d.dk", "kim@eksempel", "kim (at) b.dk"])
def test_of_two_addresses_none_is_chosen(text: str) -> None:
    assert inputs.email(text) is None


def test_of_a_number_and_an_address_none_is_chosen() -> None:
    assert inputs.contact("20163847 eller kim@eksempel.dk") is None


@pytest.mark.parametrize(
    "text",
    [
        "født i maj 2010",
        "born in May 2010",
        "maj 2010.",
        "05/2010",
        "jeg er født d. 3. maj 2010",
        "2010-05-03",
        "\u0660\u0665/\u0662\u0660\u0661\u0660",
        "May 5, 2010",
        "May 5th 2010",
        "maj - 2010",
        "2010 maj",
    ],
)
def test_a_month_is_found_in_a_text(text: str) -> None:
    assert inputs.month(text) == "2010-05"


@pytest.mark.parametrize("text", ["maj eller juni 2010", "maj 2009, juni 2010", "maj"])
def test_of_two_months_none_is_chosen(text: str) -> None:
    assert inputs.month(text) is None


@pytest.mark.parametrize(
    "name",
    [
        "Kim",
        "Anne-Marie",
        "P.T. Hansen",
        "O'Neill",
        "\u674e",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
    ],
)
def test_a_name_is_one_in_any_script(name: str) -> None:
    assert inputs.name(cleaned(name)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jeg hedder Jonas", "Jonas"),
        ("hej, mit navn er \u00c5se \u00c5.", "\u00c5se \u00c5."),
        ("kald mig bare Kim", "Kim"),
        ("You can call me Bo", "Bo"),
        ("I'm Ali", "Ali"),
        ("Imran", "Imran"),
    ],
)
def test_only_the_name_is_taken_of_an_introduction(text: str, name: str) -> None:
    assert inputs.name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "\u3164",
        "\u115f\u1160",
        "\u2800",
        "@kim https://t.me/kim",
        "kim@eksempel.dk",
        "www.kim.dk",
        "t.me/kim",
        "Kim 1 2 3 4",
        "Jonas Vestergade 4",
        "Kim (/start) kim.dk.",
        "#\u00e5se (#hej)",
        "discord.gg",
        "Kim.\u0440\u0444",
    ],
)
def test_what_shows_no_letter_or_can_be_tapped_is_no_name(text: str) -> None:
    assert inputs.name(cleaned(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "skriv til kim@eksempel.dk",
        "se www.eksempel.dk",
        "@kim ved det",
        "/stop det",
        "se (/stop)",
        "bit.ly/abc",
        "192.168.1.1",
    ],
)
@pytest.mark.parametrize("wants", [Input.TEXT, Input.TIMES])
def test_nothing_that_can_be_tapped_comes_to_a_mediator(
    text: str, wants: Input
) -> None:
    assert ACCEPTS[wants](cleaned(text)) is None


CODE = "21WNHKJRENWK"


@pytest.mark.parametrize(
    "text",
    [
        "Koden er 21WN\u2013HKJR\u2013ENWK.",
        "The code is \u201c21WN\u2014HKJR\u2014ENWK\u201d",
        "\u00bb21wn hkjr enwk\u00ab",
        "min kode: 21WN HKJR ENWK tak",
        "21WN.HKJR.ENWK",
        "21WN-HKJR-\nENWK",
        "21WN\u2212HKJR\u2212ENWK",
        "\uff12\uff11\uff37\uff2e-\uff28\uff2b\uff2a\uff32-\uff25\uff2e\uff37\uff2b",
        f"https://t.me/some_bot?start={CODE}",
        f"tg://resolve?domain=some_bot&start={CODE}",
        f"/start@some_bot {CODE}",
        f"/start {CODE}",
    ],
)
def test_a_code_is_found_in_a_text(text: str) -> None:
    assert token_in(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "ring 1600 1800",
        "2016 3847 kl16",
        "mødes 2010 maj3",
        "ring kl16 kl17 kl18",
        "man1 tir2 ons3",
        "Vej1 4000 By12",
        "20 16 38 47",
        "Anne-Marie Hansen",
        "kim2010hans@eksempel.dk",
        "21WN-HKJR-ENWK eller 31WN-HKJR-ENWK",
        "KR-ABC1",
        "010190-1234",
        "Konfliktr\u00e5ds",
    ],
)
def test_no_ordinary_text_is_taken_for_one(text: str) -> None:
    assert token_in(text) is None
