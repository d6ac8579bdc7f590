"""What must not happen even once, told by name: each has a mutation of its own."""

import pytest

from bot.casework import NothingOpen, Refused
from bot.chat.post import Post
from bot.consent import verify_receipt
from bot.storage import cases
from flows.effects import Reason
from tests.lab.machine.milestones import Beginning, Milestone, reached
from tests.lab.machine.texts import OWN_WORDS
from tests.lab.machine.village import Village, again
from tests.lab.machine.watching import Watch
from tests.support.settling import settles


def beginning(village: Village, milestone: Milestone) -> Beginning:
    return Beginning(village, milestone.cast)


def test_an_update_that_comes_twice_is_answered_once() -> None:
    milestone = reached("one yes")
    with again(milestone.snapshot) as village:
        beginning(village, milestone).people["victim"].says("status")
        village.line.calls.clear()
        village.brings(village.may_come_again()[-1].as_json())
        village.sends()
        assert village.line.calls == []


@pytest.mark.parametrize(
    "name",
    ["opened", "one yes", "parent asked", "parents stated", "young victim"],
)
def test_a_case_is_handed_over_only_when_it_is_confirmed(name: str) -> None:
    milestone = reached(name)
    with again(milestone.snapshot) as village:
        watch = Watch(village, milestone.cast, milestone.seen_again())
        reference = village.outside.references[0]
        beginning(village, milestone).people["mediator"].says(f"tag {reference}")
        watch.looks("mediator")
        assert watch.seen.statuses[reference] != "claimed"


def test_a_second_mediator_sees_nothing_of_a_case_that_is_taken() -> None:
    milestone = reached("claimed")
    with again(milestone.snapshot) as village:
        watch = Watch(village, milestone.cast, milestone.seen_again())
        reference = village.outside.references[0]
        beginning(village, milestone).people["mediator2"].says(f"take {reference}")
        watch.looks("mediator2")


def test_nobody_reads_what_another_one_wrote() -> None:
    """Each milestone is watched on the way; here a child and both its parents."""
    assert "offender" in {who.key for who in reached("parents verified").cast}


def test_who_has_stopped_hears_nothing_more_unasked() -> None:
    milestone = reached("claimed")
    with again(milestone.snapshot) as village:
        watch = Watch(village, milestone.cast, milestone.seen_again())
        beginning(village, milestone).people["victim"].says("stop")
        watch.looks("victim")
        village.passes(days=30)
        watch.looks()
        assert set(watch.seen.statuses.values()) == {"ended"}


def test_nothing_of_a_covered_chat_stands_in_it_once_it_is_open() -> None:
    """Not even the line that was under way when the word came."""
    milestone = reached("covered")
    with again(milestone.snapshot) as village:
        sofie = beginning(village, milestone).people["victim"]
        sofie.writes("hello")
        village.takes_in()
        unnoted = village.sends_unnoted()
        assert "Ikke tilgængelig." in [b.text for b in sofie.phone.chat.newest_first()]
        sofie.writes(OWN_WORDS[0])
        village.takes_in()
        village.sends(unnoted)
        assert not village.hidden(sofie.account)
        stands = [bubble.text for bubble in sofie.phone.chat.newest_first()]
        assert "Ikke tilgængelig." not in stands


def test_a_receipt_holds_the_own_records_alone() -> None:
    milestone = reached("confirmed")
    with again(milestone.snapshot) as village:
        watch = Watch(village, milestone.cast, milestone.seen_again())
        sofie = beginning(village, milestone).people["victim"]
        sofie.says("kvittering")
        sofie.says("vis")
        watch.looks("victim")
        keys, (text,) = village.desk.store.keys, watch.receipts
        report = village.desk.store.run_now(verify_receipt.examine, keys, text)
        assert len(report.findings) == len(("hear_more", "data_notice", "take_part"))
        altered = text.replace('"DK"', '"SE"')
        report = village.desk.store.run_now(verify_receipt.examine, keys, altered)
        assert not report.is_genuine, "what is in no chain lies under the seal"


def test_nobody_is_of_age_before_the_month_of_the_birthday() -> None:
    """Nor is anything else settled by it; a parent's yes waits here, too."""
    with again(reached("nearly 18").snapshot) as village:
        reference = village.outside.references[0]
        village.does(is_asked_about, reference, Reason.ASKED_FOR)
        with pytest.raises(NothingOpen, match="for this reason"):
            village.does(settles, reference, "of_age")
        village.does(is_asked_about, reference, Reason.TURNING_18)
        with pytest.raises(Refused, match="another month of birth"):
            village.does(settles, reference, "of_age")


def is_asked_about(post: Post, reference: str, reason: Reason) -> None:
    """Let a human look at the child, though nothing of the kind has happened."""
    case = cases.by_reference(post.session, reference)
    assert case is not None
    child = next(p for p in cases.parties(post.session, case) if p.role == "offender")
    cases.raise_need(post.session, case, child, reason, post.at)
