"""The story that the demo plays: a whole case on five phones, and its stage."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.visit import Tools
from bot.simulator.story import OpenLink, Say, ShareContact, Step, Tap
from bot.storage import Session, cases, links, staff
from bot.storage.links import Leads
from bot.storage.staff import COORDINATOR, MEDIATOR
from flows.case import Relation
from flows.facts import Role

DISTRICT = "fyn"
_DAYS = timedelta(days=30)
#: Whose phone gets which invitation.
_STAFF = {"coordinator": COORDINATOR, "mediator": MEDIATOR, "mediator2": MEDIATOR}


def stage(session: Session, tools: Tools, at: datetime) -> dict[str, str]:
    """Open a fresh case and fresh invitations; phone key -> token.

    Who served in an earlier performance has no phone any more and serves no more.
    """
    for colleague in staff.listed(session):
        colleague.removed_at = at
    due_at = (at + timedelta(days=21)).date()
    case = cases.open_case(session, DISTRICT, Relation.OTHER, at, due_at)
    leads = {
        role.value: Leads(role, cases.add_party(session, case, role))
        for role in (Role.VICTIM, Role.OFFENDER)
    } | {phone: Leads(role, district=DISTRICT) for phone, role in _STAFF.items()}
    return {
        phone: links.make(session, tools.keys, lead, at, _DAYS)
        for phone, lead in leads.items()
    }


def _part(caption: str, steps: Iterable[Step]) -> Iterator[Step]:
    """Tell onlookers what goes on, from the first of these steps on."""
    first, *others = steps
    yield replace(first, caption=f"simulator.story.{caption}")
    yield from others


def _staff(phone: str, role: str) -> Iterator[Step]:
    yield Step(phone, OpenLink(), f"{role}.ask_invitation")
    yield Step(phone, Tap(f"{role}.ask_invitation.yes"), f"{role}.ready")


def _taps(phone: str, *taps: tuple[str, str]) -> Iterator[Step]:
    """Tap one label after the other, each when the question before is answered."""
    for label, hears in taps:
        yield Step(phone, Tap(label), hears)


def _arrives(phone: str) -> Iterator[Step]:
    yield Step(phone, OpenLink(), "arrival.ask_letter")
    yield from _taps(
        phone,
        ("arrival.ask_letter.yes", "arrival.ask_language"),
        ("arrival.ask_language.{language}", "arrival.explain_safety"),
        ("arrival.explain_bot.go_on", "arrival.ask_age"),
        ("arrival.ask_age.18", "programme.explain_afterwards"),
        ("programme.explain_programme.go_on", "offer.ask_interest.adult"),
    )


def _agrees(phone: str) -> Iterator[Step]:
    yield from _taps(
        phone,
        ("consent.ask_summary.right", "consent.explain_rights"),
        ("consent.explain_before.go_on", "consent.ask_data"),
        ("consent.ask_data.yes", "understanding.ask_may_say_no"),
        ("understanding.ask_may_say_no.yes", "understanding.ask_replaces_punishment"),
        ("understanding.ask_replaces_punishment.no", "understanding.ask_may_stop"),
        ("understanding.ask_may_stop.yes", "consent.ask_take_part"),
        ("consent.ask_take_part.yes", "consent.explain_next"),
    )


def _is_safe(phone: str) -> Iterator[Step]:
    yield from _taps(
        phone,
        ("safety.ask_tie.stranger", "safety.ask_orders"),
        ("safety.ask_orders.no", "safety.ask_fear"),
        ("safety.ask_fear.no", "safety.explain_next.adult"),
        ("safety.explain_next.go_on", "intake.ask_name"),
    )


def _victim_answers() -> Iterator[Step]:
    yield Step("victim", Tap("offer.ask_interest.yes"), "safety.ask_tie")
    yield from _is_safe("victim")
    yield Step("victim", Say("Sofie"), "intake.ask_phone.share_hint")
    yield Step("victim", ShareContact("intake.ask_phone.share"), "intake.ask_email")
    yield from _taps("victim", ("intake.ask_email.skip", "intake.ask_times"))
    yield Step("victim", Say("16-18"), "intake.ask_interpreter")
    yield from _taps(
        "victim",
        ("intake.ask_interpreter.no", "intake.ask_access"),
        ("intake.ask_access.no", "intake.ask_support"),
        ("intake.ask_support.yes", "consent.ask_summary"),
    )


def _offender_answers() -> Iterator[Step]:
    yield Step("offender", Tap("offer.ask_interest.yes"), "offer.ask_confession")
    yield Step("offender", Tap("offer.ask_confession.yes"), "safety.ask_tie")
    yield from _is_safe("offender")
    yield Step("offender", Say("Jonas"), "intake.ask_phone.share_hint")
    yield Step("offender", Say("22 91 47 38"), "intake.ask_email")
    yield Step("offender", Say("jonas@example.dk"), "intake.ask_times")
    yield from _taps(
        "offender",
        ("intake.ask_times.skip", "intake.ask_interpreter"),
        ("intake.ask_interpreter.no", "intake.ask_access"),
        ("intake.ask_access.no", "intake.ask_support"),
        ("intake.ask_support.no", "consent.ask_summary"),
    )


def _team() -> Iterator[Step]:
    yield from _staff("coordinator", "coordinator")
    yield from _staff("mediator", "mediator")
    yield from _staff("mediator2", "mediator")


def _taken() -> Iterator[Step]:
    yield Step(
        "mediator",
        Tap("notice.take"),
        "notice.taken",
        then=(
            ("mediator", "card.title"),
            ("victim", "common.you_have_message"),
            ("offender", "common.you_have_message"),
        ),
    )


SCRIPT: tuple[Step, ...] = (
    *_part("team", _team()),
    *_part("victim.arrives", _arrives("victim")),
    *_part("victim.answers", _victim_answers()),
    *_part("victim.agrees", _agrees("victim")),
    *_part("offender.arrives", _arrives("offender")),
    *_part("offender.answers", _offender_answers()),
    *_part("offender.agrees", _agrees("offender")),
    *_part("taken", _taken()),
    *_part("late", _taps("mediator2", ("notice.take", "notice.already_taken"))),
    *_part("told", _taps("victim", ("always.show.label", "notice.claimed"))),
    *_taps("offender", ("always.show.label", "notice.claimed")),
)
