"""Messages that nobody has just asked for: "You have a message", and a button."""

from datetime import datetime
from typing import Final

from bot.chat.post import Post
from bot.storage import Session, cases, holders, locks, records, talks
from bot.storage.mail import outbox
from bot.storage.mail.messages import Button, Close, Send
from bot.storage.staff import COORDINATOR, MEDIATOR, UNKNOWN_DISTRICT, serving
from bot.storage.tables import Case, Holder, Notice, Party, Person, Staff, Talk
from flows.always import ON_EVERY_SCREEN, Always
from flows.taps import always_tap, staff_tap

#: What a parent reads who has not answered.
REMINDER: Final = "notice.holder_reminder"
#: What a mediator can tap who is told this: a case to take, or its card once more.
OFFERS: Final = {
    "notice.case_ready": "notice.take",
    "notice.assigned": "notice.show_card",
    "notice.resumed_for_mediator": "notice.show_card",
    "notice.number_changed": "notice.show_card",
}


def tell(
    post: Post, who: Party | Holder, text_id: str, not_after: datetime | None = None
) -> None:
    """Lay a message ready and say no more than that there is one.

    Who has withdrawn hears nothing without asking for it.
    """
    person = post.session.get(Person, who.person_id) if who.person_id else None
    if person is None or who.withdrawn_at is not None:
        return
    talk = talks.of(post.session, who)
    notice = records.add_notice(post.session, person, talk, text_id, {}, post.at)
    announce(post, person, talk, notice, not_after)


def retract(session: Session, talk: Talk, at: datetime, *text_ids: str) -> None:
    """Let nothing come any more that lies ready in a talk, or only these texts."""
    person = session.get_one(Person, talk.person_id)
    found = [
        notice
        for notice in records.unread(session, person)
        if notice.talk_id == talk.id and (not text_ids or notice.text_id in text_ids)
    ]
    if found:
        outbox.drop_notices(session, person.id, [notice.id for notice in found])
    for notice in found:
        notice.shown_at = at


def close(post: Post, person: Person, talk: Talk) -> None:
    """Take the answers from the question that is open; what is on every screen stays.

    Nothing new comes into the chat.
    """
    if talk.open_row is None:
        return
    kept = tuple(
        Button(
            post.text(person, f"always.{action}.label"),
            always_tap(action, talk.number),
        )
        for action in ON_EVERY_SCREEN
    )
    post.send(person, Close(talk.open_row, (kept,)))
    talk.open_row = None


def announce(
    post: Post,
    person: Person,
    talk: Talk | None,
    notice: Notice,
    not_after: datetime | None = None,
) -> None:
    """Say "You have a message", without a sound; a hidden chat stays silent."""
    if person.hidden_at is not None:
        return
    number = talk.number if talk else 0
    label = post.text(person, "always.show.label")
    show = Button(label, always_tap(Always.SHOW, number))
    text = post.text(person, "common.you_have_message")
    message = Send(text, buttons=((show,),), silent=True)
    post.send(person, message, notice, not_after)


def tell_coordinators(post: Post, case: Case) -> None:
    """Tell the district's coordinators that a case needs a human, nothing more."""
    _tell_coordinators(post, case, "notice.needs_human")


def tell_of_failure(post: Post, case: Case) -> None:
    """Tell the district's coordinators that the chat failed somebody in a case."""
    _tell_coordinators(post, case, "notice.turn_failed")


def tell_of_guessing(post: Post) -> None:
    """Tell all coordinators that somebody seems to guess the codes of letters."""
    locks.staff_stays(post.session)
    everywhere = serving(post.session, COORDINATOR, UNKNOWN_DISTRICT)
    for person_id in sorted({staff.person_id for staff in everywhere}):
        person = post.session.get_one(Person, person_id)
        _tell(post, person, "notice.many_guesses", {})


def tell_mediators(post: Post, case: Case) -> None:
    """Offer a confirmed case to each mediator of the district."""
    told = _free(post, MEDIATOR, case)
    for staff in told:
        offer(post, staff, case)
    if not told:
        # Nobody can take it: somebody has to find a mediator.
        tell_coordinators(post, case)


def offer(post: Post, staff: Staff, case: Case) -> None:
    """Offer a confirmed case to one mediator."""
    _tell_staff(post, staff, case, "notice.case_ready")


def tell_mediator(
    post: Post,
    case: Case,
    text_id: str,
    *,
    since: datetime | None = None,
) -> None:
    """Tell the mediator who has a case something about it, once since a moment.

    The coordinators are told instead when the mediator serves no more.
    """
    locks.staff_stays(post.session)
    staff = post.session.get(Staff, case.mediator_id) if case.mediator_id else None
    if staff is None:
        return
    if staff.removed_at is None:
        _tell_staff(post, staff, case, text_id, since=since)
    else:
        _tell_coordinators(post, case, text_id, since=since)


def _tell_coordinators(
    post: Post, case: Case, text_id: str, since: datetime | None = None
) -> None:
    """Tell the district's coordinators; where it has none, all there are."""
    own = _free(post, COORDINATOR, case)
    for staff in own or _free(post, COORDINATOR, case, everywhere=True):
        _tell_staff(post, staff, case, text_id, since=since)


def _free(
    post: Post, role: str, case: Case, *, everywhere: bool = False
) -> list[Staff]:
    """List those who do not stand in it: they would learn of the other side by it.

    Until the end of the transaction nobody joins them, nor finds a covered chat again.
    """
    locks.staff_stays(post.session)
    parties = _people_of(post.session, case)
    district = UNKNOWN_DISTRICT if everywhere else case.district
    found = serving(post.session, role, district)
    return [staff for staff in found if staff.person_id not in parties]


def _tell_staff(
    post: Post,
    staff: Staff,
    case: Case,
    text_id: str,
    *,
    since: datetime | None = None,
) -> None:
    person = post.session.get_one(Person, staff.person_id)
    values = {"reference": case.reference}
    if "district" in post.tools.catalogue.needs(text_id, person.language):
        values["district"] = post.text(person, f"district.{case.district}")
    label = OFFERS.get(text_id) if staff.role == MEDIATOR else None
    tap = staff_tap(case.reference)
    buttons = ((Button(post.text(person, label), tap),),) if label else ()
    _tell(post, person, text_id, values, buttons, since=since)


def _tell(
    post: Post,
    person: Person,
    text_id: str,
    values: dict[str, str],
    buttons: tuple[tuple[Button, ...], ...] = (),
    *,
    since: datetime | None = None,
) -> None:
    if records.is_told(post.session, person, text_id, values, post.at, since):
        return  # what two things at once are told for is told once
    # In a covered chat it waits until the chat is found again; it tells of no party.
    notice = records.add_notice(post.session, person, None, text_id, values, post.at)
    if person.hidden_at is not None:
        return
    notice.shown_at = post.at
    text = post.text(person, text_id, **values)
    post.send(person, Send(text, buttons=buttons), notice)


def _people_of(session: Session, case: Case) -> set[str | None]:
    parties, spoken_for = cases.parties(session, case), holders.of_case(session, case)
    return {p.person_id for p in parties} | {h.person_id for h in spoken_for}
