"""Consents that were not said in the chat: recorded, counted, marked, made sure of."""

import re

import pytest

from bot.catalogue import load
from bot.cli.desk import opened
from bot.storage import Session
from bot.storage.consent import consent_notices
from flows.rules.required import required
from tests.bot.cli.record import GIVEN, SAFE, Record

#: A value that stands as its name, and what nobody can do on a telephone.
NOT_ON_A_PHONE = re.compile(
    r"[{}]|[Ss]kriv ”|[Tt]ype “|[Tt]ryk på|[Tt]ap “|menu|knap|button|du læst|you read"
)


def test_two_who_never_came_to_the_bot_are_handed_over(record: Record) -> None:
    told = record.told("victim:1", f"--age-band 18 {SAFE}")
    assert told["missing"] == ["hear_more", "data_notice", "take_part"]
    record.says("victim:1", more="--purpose data_notice")
    said = record.says("victim:1")
    assert (said["missing"], said["status"]) == ([], "collecting")

    record.agrees("offender:1", f"--age-band 18 {SAFE}")
    assert record.status() == "collecting", "nobody has told of a confession"
    record.told("offender:1", "--confession yes")
    assert record.status() == "confirmed"


def test_what_was_recorded_is_marked_and_says_who_did(record: Record) -> None:
    record.agrees("victim:1")
    victim, offender = record.shown()["parties"]
    recorded = {
        "answer": "given",
        "method": "phone",
        "on": record.today,
        "by": "Birgit",
    }
    purposes = ("data_notice", "take_part")
    assert victim["elsewhere"] == [{"purpose": p, **recorded} for p in purposes]
    assert offender["elsewhere"] == []
    printed = record.terminal.prints("case show", record.reference)
    assert "Recorded for victim:1: take_part given, by phone on" in printed
    record.says("victim:1", "--answer withdrawn --method phone")
    printed = record.terminal.prints("case show", record.reference)
    assert "Recorded for victim:1: take_part withdrawn, by phone on" in printed


def test_the_words_are_printed_to_be_read_aloud(record: Record) -> None:
    refused = record.tries("victim:1")
    assert refused.code == 2
    assert "how old" in refused.sentence

    record.told("victim:1", "--age-band 15_17")
    command = (
        f"consent record --who victim:1 {GIVEN} --date {record.today} --by Birgit "
        "--language en --purpose hear_more"
    )
    printed = record.terminal.prints(command, record.reference)
    assert "Would you like to hear more" in printed
    assert "We do not tell your parents." in printed, "the words for the young"
    assert printed.index("hear more") < printed.index("Recorded: victim:1")


def test_a_parent_who_never_came_counts_only_when_somebody_made_sure(
    record: Record,
) -> None:
    record.agrees("victim:1")
    young = f"--age-band 15_17 --confession yes {SAFE}"
    record.agrees("offender:1", f"{young} --authority one --may-ask-holders")
    assert record.status() == "collecting"
    record.informs()
    said = record.says("holder:1")
    assert (said["purpose"], said["status"]) == ("parental_take_part", "needs_human")
    [need] = [n for n in record.shown()["needs"] if n["reason"] == "verify_holder"]
    assert (need["role"], need["n"]) == ("offender", 1)
    card = record.terminal.prints("case card --by Birgit", record.reference)
    assert "ikke bekræftet" in card
    assert card.count("Partens eget samtykke givet uden for chatten: pr. telefon") == 1
    [listed] = record.terminal.gets("case list", kind=list)
    assert listed["verify_holder"] == 1
    assert f"(verify_holder): {record.reference}" in record.terminal.prints("case list")

    assert record.verifies().code == 0
    assert record.status() == "confirmed"
    [holder] = record.shown()["parties"][1]["holders"]
    assert holder["state"] == "verified"
    assert (holder["verified_by"], holder["verified_method"]) == ("Karen", "call")
    again = record.verifies()
    assert again.code == 1
    assert "was made sure of" in again.sentence


def test_a_parent_is_told_and_asked_everything_before_a_yes(record: Record) -> None:
    record.told("offender:1", "--age-band 15_17 --authority one")
    early = record.tries("holder:1")
    assert early.code == 2
    assert "data_notice, understood, others" in early.sentence
    noted = record.says("holder:1", more="--purpose data_notice")
    assert noted["missing"] == ["understood", "others"]
    asked = "case holder --holder 1 --by Birgit"
    wrong = f"{asked} --not-understood --others no"
    told = record.terminal.gets(wrong, record.reference, kind=dict)
    assert told["missing"] == ["understood"]
    assert "understood" in record.tries("holder:1").sentence
    record.terminal.gets(f"{asked} --understood", record.reference, kind=dict)
    assert record.says("holder:1")["missing"] == []
    assert record.says("holder:1", "--answer withdrawn --method phone")
    assert "understood" in record.tries("holder:1").sentence


def test_all_that_is_required_is_read_aloud_and_kept_with_the_yes(
    record: Record,
) -> None:
    record.told("offender:1", "--age-band 15_17 --authority one")
    record.informs()
    said = f"consent record --who holder:1 {GIVEN} --date {record.today} --by Birgit"
    read = record.terminal.prints(f"{said} --language en", record.reference)
    again = record.says("holder:1", more="--language en")
    with opened() as desk:
        kept = desk.store.run_now(words_of, str(again["notice"]))
    texts = load()
    told = {
        "harm": texts.text("holder.harm.offender", "en"),
        "district": texts.text("district.fyn", "en"),
        "offices": texts.text("office.police", "en"),
    }
    for message_id in required(is_holder=True):
        text = texts.template(texts.aloud(message_id), "en", adult=True)
        first, *rest = text.format_map(told).split(told["offices"])
        assert first in read
        assert all(one in read for one in rest)
        assert text in kept
    assert told["offices"] in read


def test_what_is_read_aloud_fits_the_phone_and_names_everything(
    record: Record,
) -> None:
    """No value stands as its name, and nobody is told to type, to read or to tap."""
    record.told("victim:1", "--age-band 18")
    record.told("offender:1", "--age-band 15_17 --authority one")
    record.informs()
    for who, purpose in (
        ("victim:1", "data_notice"),
        ("victim:1", "take_part"),
        ("offender:1", "take_part"),
        ("holder:1", "data_notice"),
        ("holder:1", "parental_take_part"),
    ):
        said = f"consent record --who {who} {GIVEN} --date {record.today} --by Birgit"
        for language in ("da", "en"):
            more = f"--purpose {purpose} --language {language}"
            read = record.terminal.prints(f"{said} {more}", record.reference)
            assert "_aloud 1.0" in read
            assert not NOT_ON_A_PHONE.search(read)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_no_on_the_phone_is_one_to_words_for_the_phone(
    record: Record, language: str
) -> None:
    """It needs the question and what belongs to it, not all that a yes does."""
    record.told("victim:1", "--age-band 18")
    record.told("offender:1", "--age-band 15_17 --authority one")
    no = "--answer refused --method phone"
    for who, purpose in (
        ("victim:1", "take_part"),
        ("victim:1", "hear_more"),
        ("victim:1", "data_notice"),
        ("offender:1", "take_part"),
        ("holder:1", "parental_take_part"),
        ("holder:1", "data_notice"),
    ):
        more = f"--purpose {purpose} --language {language}"
        said = f"consent record --who {who} {no} --date {record.today} --by Birgit"
        read = record.terminal.prints(f"{said} {more}", record.reference)
        assert "_aloud 1.0" in read or purpose == "hear_more"
        assert not NOT_ON_A_PHONE.search(read)
        assert load().text("consent.explain_before", language) not in read


def words_of(session: Session, sha256: str) -> str:
    notice = consent_notices.find(session, sha256)
    return (notice and notice.text) or ""


def test_what_a_parent_says_of_the_authority_is_held_against_the_childs_word(
    record: Record,
) -> None:
    record.told("offender:1", "--age-band 15_17 --authority one")
    record.informs(others="yes")
    reasons = {need["reason"] for need in record.shown()["needs"]}
    assert "holders_differ" in reasons


def test_a_parents_yes_that_is_taken_back_waits_for_nobody(record: Record) -> None:
    record.told("offender:1", "--age-band 15_17 --authority one")
    record.informs()
    assert record.says("holder:1")["status"] == "needs_human"
    stopped = record.says("holder:1", "--answer withdrawn --method letter")
    assert stopped["status"] == "collecting"
    [holder] = record.shown()["parties"][1]["holders"]
    assert holder["state"] == "withdrawn"


def test_what_cannot_be_made_sure_of_is_refused(record: Record) -> None:
    assert "under 18" in record.verifies().sentence
    record.told("offender:1", "--age-band 15_17")
    assert "no holder 1" in record.verifies().sentence
    record.says("holder:1", "--answer refused --method letter")
    assert "is refused" in record.verifies().sentence
    record.informs()
    record.says("holder:1")
    assert "No eID check" in record.verifies("--holder 1 --method eid").sentence
    early = "case verify --holder 1 --method call --by K --date 2020-01-01"
    assert (
        "that day or later" in record.terminal.types(early, record.reference).sentence
    )
    late = "case verify --holder 1 --method call --by K --date 2999-01-01"
    assert "still to come" in record.terminal.types(late, record.reference).sentence


def test_with_several_under_18_it_is_said_whose_parent_is_meant(
    record: Record,
) -> None:
    for who in ("victim:1", "offender:1"):
        record.told(who, "--age-band 15_17")
    refused = record.tries("holder:1")
    assert refused.code == 2
    assert "of victim:1 or of offender:1" in refused.sentence
    assert '--who "holder:1 of victim:1"' in refused.sentence
    record.informs(of="--of victim:1")
    record.says("holder:1", more="--of victim:1")
    assert record.verifies("--holder 1 --method call --of victim:1").code == 0
    victim, offender = record.shown()["parties"]
    assert len(victim["holders"]) == 1
    assert offender["holders"] == []


def test_a_stop_by_phone_takes_the_case_out_of_the_queue(record: Record) -> None:
    record.agrees("victim:1")
    record.agrees("offender:1", f"--age-band 18 --confession yes {SAFE}")
    assert record.status() == "confirmed"
    stopped = record.says("victim:1", "--answer withdrawn --method phone")
    assert (stopped["missing"], stopped["status"]) == ([], "collecting")
    back = record.says("victim:1")
    assert back["missing"] == ["tie", "orders", "fear", "understood", "data_notice"]


def test_an_earlier_word_never_beats_a_later_one(record: Record) -> None:
    record.agrees("victim:1")
    record.says("victim:1", "--answer withdrawn --method phone")
    late = record.tries("victim:1", more="--date 2026-11-01")
    assert late.code == 2
    assert "the last word holds" in late.sentence
    assert (
        "still to come" in record.tries("victim:1", more="--date 2999-01-01").sentence
    )
    assert "90 days" in record.tries("victim:1", more="--date 2020-01-01").sentence


def test_nothing_is_said_again_before_a_mediator_has_the_case(record: Record) -> None:
    record.agrees("victim:1")
    refused = record.reconfirms("victim:1")
    assert refused.code == 2
    assert "who has taken the case" in refused.sentence


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("consent record --who victim --answer given", "victim:1 or offender:1"),
        ("consent record --who victim:0 --answer given", "victim:1"),
        ("consent record --who victim:1 --answer maybe", "given, refused, withdrawn"),
        ("case verify --holder 1 --method sms", "'eid'"),
        ("case verify --holder 1 --method call --date today", "2026-11-22"),
        ("case party --who holder:1", "victim:1 or offender:1"),
    ],
)
def test_what_is_asked_for_wrongly_is_told_in_one_sentence(
    record: Record, command: str, told: str
) -> None:
    rest = "" if "--date" in command else f"--date {record.today}"
    rest += "" if "--method" in command else " --method phone"
    if "party" in command:
        rest = ""
    refused = record.terminal.types(f"{command} {rest} --by B {record.reference}")
    assert refused.code == 2
    assert told in refused.sentence


def test_a_party_in_the_chat_answers_there_and_somebody_who_is_not_there_nowhere(
    record: Record,
) -> None:
    assert "no victim:2" in record.tries("victim:2").sentence
    wrong = record.tries("victim:1", more="--purpose parental_take_part")
    assert "victim:1 is asked for take_part, hear_more, data_notice" in wrong.sentence


def _waits_for_a_father(record: Record) -> None:
    """Let a child of sixteen say yes, and its father on the phone."""
    young = f"--age-band 15_17 --confession yes {SAFE}"
    record.agrees("offender:1", f"{young} --authority one --may-ask-holders")
    record.informs()
    record.says("holder:1")


def test_a_window_of_80_columns_shows_whole_codes_and_which_parent(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    _waits_for_a_father(record)
    [need] = [need for need in record.shown()["needs"] if need["cleared"] is None]
    assert (need["holder"], need["holders"]) == (None, [1])
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    shown = record.terminal.prints("case show", record.reference)
    [line] = [line for line in shown.splitlines() if "verify_holder" in line]
    assert line.split()[:4] == ["verify_holder", "holder:1", "of", "offender:1"]
    by = f"--date {record.today} --by Birgit-Holm-Kristensen-of-the-office-in-Odense"
    verify = f"case verify --holder 1 --method call {by}"
    record.terminal.prints(verify, record.reference)
    assert "verify_holder " in record.terminal.prints("case show", record.reference)


def test_the_card_says_how_a_parent_said_yes_and_which_parent_it_is(
    record: Record,
) -> None:
    _waits_for_a_father(record)
    card = record.terminal.prints("case card --by Birgit", record.reference)
    assert "Forælder: ikke oplyst, har sagt ja pr. telefon, ikke bekræftet" in card
    father = "case holder --holder 1 --relation father --by Birgit"
    record.terminal.prints(father, record.reference)
    card = record.terminal.prints("case card --by Birgit", record.reference)
    assert "Far: ikke oplyst, har sagt ja pr. telefon, ikke bekræftet" in card
