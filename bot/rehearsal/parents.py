"""A 16-year-old who did it, and two parents, one of them without Telegram."""

from collections.abc import Iterator

from bot.rehearsal.parts import (
    agrees,
    arrives,
    is_safe,
    offender_is_reached,
    part,
    taken,
    taps,
    team,
    told,
    understands,
    victim_answers,
)
from bot.simulator.story import (
    Command,
    Forward,
    OpenForwarded,
    Say,
    StoryStep,
    StoryTap,
)

_BY = "--by Birgit"
#: What the coordinator types while the father is on the phone.
_FATHER_SAID = (
    "consent record {case} --who holder:2 --answer given "
    f"--method phone --date {{today}} {_BY} --language {{language}}"
)
_FATHER_ANSWERED = (
    "case holder {case} --who holder:2 --understood --others yes --relation father "
    f"{_BY}"
)


def _young_goes_on() -> Iterator[StoryStep]:
    yield StoryStep(
        "offender", StoryTap("offer.ask_interest.yes"), "offer.ask_confession"
    )
    yield StoryStep("offender", StoryTap("offer.ask_confession.yes"), "safety.ask_tie")
    yield from is_safe("offender", "safety.explain_next", "child.explain_child")


def _young_answers_alone() -> Iterator[StoryStep]:
    yield from taps("offender", ("child.explain_child.go_on", "child.ask_birth"))
    yield StoryStep("offender", Say("{birth}"), "child.ask_birth_right")
    yield from taps(
        "offender",
        ("child.ask_birth_right.yes", "child.ask_authority"),
        ("child.ask_authority.both", "child.ask_allowed"),
        ("child.ask_allowed.yes", "child.ask_shown_name"),
    )
    yield StoryStep("offender", Say("Jonas"), "intake.ask_name")
    yield from offender_is_reached()


def _mother_reads() -> Iterator[StoryStep]:
    yield StoryStep("offender", Forward("child.forward", "parent"))
    yield StoryStep("parent", OpenForwarded(), "holder.ask_letter")
    yield from taps(
        "parent",
        ("holder.ask_letter.yes", "holder.ask_language"),
        ("common.language.{language}", "holder.explain_safety"),
        ("holder.explain_bot.go_on", "holder.explain_child"),
        ("holder.explain_child.go_on", "holder.explain_part"),
        ("holder.explain_programme.go_on", "consent.explain_rights"),
        ("holder.explain_before.go_on", "holder.ask_name"),
    )


def _mother_agrees() -> Iterator[StoryStep]:
    yield StoryStep("parent", Say("Lone Holm"), "holder.ask_relation")
    yield from taps(
        "parent",
        ("holder.ask_relation.mother", "holder.ask_others"),
        ("holder.ask_others.yes", "holder.ask_phone"),
    )
    yield StoryStep("parent", Say("61 73 95 24"), "parental.ask_data")
    yield from taps("parent", ("parental.ask_data.yes", "understanding.ask_may_say_no"))
    yield from understands("parent", "parental.ask_take_part")
    yield StoryStep(
        "parent",
        StoryTap("parental.ask_take_part.yes"),
        "parental.stated",
        then=(("coordinator", "notice.needs_human"),),
    )


def _types(words: str, *then: tuple[str, str]) -> StoryStep:
    return StoryStep("coordinator", Command(words), then=then)


def _verifies(n: int, *then: tuple[str, str]) -> StoryStep:
    words = (
        f"case verify {{case}} --who holder:{n} --method call --date {{today}} {_BY}"
    )
    return _types(words, *then)


PARENTS: tuple[StoryStep, ...] = (
    *part("team", team()),
    *part("victim.arrives", arrives("victim", "18", "offer.ask_interest.adult")),
    *part("victim.answers", victim_answers()),
    *part("victim.agrees", agrees("victim")),
    *part("young.arrives", arrives("offender", "15_17", "offer.ask_interest")),
    *part("young.goes_on", _young_goes_on()),
    *part("young.alone", _young_answers_alone()),
    *part("young.agrees", agrees("offender", "child.forward_second")),
    *part("mother.reads", _mother_reads()),
    *part("mother.agrees", _mother_agrees()),
    *part("desk.mother", [_verifies(1)]),
    *part(
        "desk.father",
        [
            _types(f"{_FATHER_SAID} --purpose data_notice"),
            _types(_FATHER_ANSWERED),
            _types(_FATHER_SAID),
        ],
    ),
    *part("desk.verified", [_verifies(2, ("mediator", "notice.case_ready"))]),
    *part("young.taken", taken()),
    *part("told", told("notice.claimed")),
)
