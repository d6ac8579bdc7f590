"""Two adults say yes, and of two mediators the first takes the case."""

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
    victim_answers,
)
from bot.simulator.story import StoryStep, StoryTap


def _offender_answers() -> Iterator[StoryStep]:
    yield StoryStep(
        "offender", StoryTap("offer.ask_interest.yes"), "offer.ask_confession"
    )
    yield StoryStep("offender", StoryTap("offer.ask_confession.yes"), "safety.ask_tie")
    yield from is_safe("offender", "safety.explain_next.adult", "intake.ask_name")
    yield from offender_is_reached()


ADULTS: tuple[StoryStep, ...] = (
    *part("team", team()),
    *part("victim.arrives", arrives("victim", "18", "offer.ask_interest.adult")),
    *part("victim.answers", victim_answers()),
    *part("victim.agrees", agrees("victim")),
    *part("offender.arrives", arrives("offender", "18", "offer.ask_interest.adult")),
    *part("offender.answers", _offender_answers()),
    *part("offender.agrees", agrees("offender")),
    *part("taken", taken()),
    *part("late", taps("mediator2", ("notice.take", "notice.already_taken"))),
    *part("told", told()),
)
