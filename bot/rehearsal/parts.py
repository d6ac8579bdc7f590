"""Stretches of the way that the stories have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.simulator.story import OpenLink, Say, ShareContact, StoryStep, StoryTap


def part(caption: str, steps: Iterable[StoryStep]) -> Iterator[StoryStep]:
    """Tell onlookers what goes on, from the first of these steps on."""
    first, *others = steps
    yield replace(first, caption=f"simulator.story.{caption}")
    yield from others


def taps(phone: str, *pairs: tuple[str, str]) -> Iterator[StoryStep]:
    """Tap one label after the other, each when the question before is answered."""
    for label, hears in pairs:
        yield StoryStep(phone, StoryTap(label), hears)


def team() -> Iterator[StoryStep]:
    """Let everybody join who works in the police district."""
    for phone in ("coordinator", "mediator", "mediator2"):
        role = phone.removesuffix("2")
        yield StoryStep(phone, OpenLink(), f"{role}.ask_invitation")
        yield StoryStep(phone, StoryTap(f"{role}.ask_invitation.yes"), f"{role}.ready")


def arrives(phone: str, age_band: str, question: str) -> Iterator[StoryStep]:
    """Open a letter and read the programme, up to the question of interest."""
    yield StoryStep(phone, OpenLink(), "arrival.ask_letter")
    yield from taps(
        phone,
        ("arrival.ask_letter.yes", "arrival.ask_language"),
        ("common.language.{language}", "arrival.explain_safety"),
        ("arrival.explain_bot.go_on", "arrival.ask_age"),
        (f"arrival.ask_age.{age_band}", "programme.explain_afterwards"),
        ("programme.explain_programme.go_on", question),
    )


def is_safe(phone: str, explains: str, leads_to: str) -> Iterator[StoryStep]:
    """Answer the questions about safety: nothing speaks against going on."""
    yield from taps(
        phone,
        ("safety.ask_tie.stranger", "safety.ask_orders"),
        ("safety.ask_orders.no", "safety.ask_fear"),
        ("safety.ask_fear.no", explains),
        ("safety.explain_next.go_on", leads_to),
    )


def victim_answers() -> Iterator[StoryStep]:
    """Let an adult who was harmed tell how to be reached."""
    yield StoryStep("victim", StoryTap("offer.ask_interest.yes"), "safety.ask_tie")
    yield from is_safe("victim", "safety.explain_next.adult", "intake.ask_name")
    yield StoryStep("victim", Say("Sofie"), "intake.ask_phone.share_hint")
    yield StoryStep(
        "victim", ShareContact("intake.ask_phone.share"), "intake.ask_email"
    )
    yield from taps("victim", ("intake.ask_email.skip", "intake.ask_times"))
    yield StoryStep("victim", Say("16-18"), "intake.ask_interpreter")
    yield from taps(
        "victim",
        ("intake.ask_interpreter.no", "intake.ask_access"),
        ("intake.ask_access.no", "intake.ask_support"),
        ("intake.ask_support.yes", "consent.ask_summary"),
    )


def offender_is_reached() -> Iterator[StoryStep]:
    """Let who did it type how to be reached, in his own words."""
    yield StoryStep("offender", Say("Jonas"), "intake.ask_phone.share_hint")
    yield StoryStep("offender", Say("22 91 47 38"), "intake.ask_email")
    yield StoryStep("offender", Say("jonas@example.dk"), "intake.ask_times")
    yield from taps(
        "offender",
        ("intake.ask_times.skip", "intake.ask_interpreter"),
        ("intake.ask_interpreter.no", "intake.ask_access"),
        ("intake.ask_access.no", "intake.ask_support"),
        ("intake.ask_support.no", "consent.ask_summary"),
    )


def agrees(phone: str, ends_in: str = "consent.explain_next") -> Iterator[StoryStep]:
    """Look through the answers, read what a yes means, and say it."""
    yield from taps(
        phone,
        ("consent.ask_summary.right", "consent.explain_rights"),
        ("consent.explain_before.go_on", "consent.ask_data"),
        ("consent.ask_data.yes", "understanding.ask_may_say_no"),
    )
    yield from understands(phone, "consent.ask_take_part")
    yield StoryStep(phone, StoryTap("consent.ask_take_part.yes"), ends_in)


def understands(phone: str, leads_to: str) -> Iterator[StoryStep]:
    """Answer the three questions about what a yes means."""
    yield from taps(
        phone,
        ("understanding.ask_may_say_no.yes", "understanding.ask_replaces_punishment"),
        ("understanding.ask_replaces_punishment.no", "understanding.ask_may_stop"),
        ("understanding.ask_may_stop.yes", leads_to),
    )


def taken() -> Iterator[StoryStep]:
    """Let a mediator take the case, and both parties have a message."""
    yield StoryStep(
        "mediator",
        StoryTap("notice.take"),
        "notice.taken",
        then=(
            ("mediator", "card.title"),
            ("victim", "common.you_have_message"),
            ("offender", "common.you_have_message"),
        ),
    )


def told(offender: str = "notice.claimed.adult") -> Iterator[StoryStep]:
    """Let both parties read that a mediator will contact them."""
    yield from taps("victim", ("always.show.label", "notice.claimed.adult"))
    yield from taps("offender", ("always.show.label", offender))
