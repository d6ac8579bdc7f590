"""A coordinator makes the link of a parent anew."""

from tests.bot.cli.terminal import Terminal

MINOR = "--age-band 15_17 --authority both --may-ask-holders"


def opened_for_a_child(office: Terminal) -> str:
    reference = office.gets("case open --district fyn --relation other", kind=dict)
    told = f"case party --who offender:1 --by Birgit {MINOR}"
    office.gets(told, reference["case"], kind=dict)
    return str(reference["case"])


def test_a_parent_gets_a_link_of_seven_days(office: Terminal) -> None:
    reference = opened_for_a_child(office)
    printed = office.prints("case link --holder 1", reference)
    assert "holder 1:" in printed
    linked = office.gets("case link --holder 2", reference, kind=dict)
    assert (linked["role"], linked["n"]) == ("holder", 2)
    assert "t.me/" in linked["link"]


def test_it_is_a_party_or_a_parent_and_one_that_there_is(office: Terminal) -> None:
    reference = opened_for_a_child(office)
    for wrong, sentence in (
        ("case link", "either --role or --holder"),
        ("case link --holder 1 --role victim", "either --role or --holder"),
        ("case link --holder 3", "no number 3"),
        ("case link --holder 1 --of victim:1", "--of offender:1"),
    ):
        assert sentence in office.types(wrong, reference).sentence
