"""What stands in a text beside its words: offices, help numbers, one's own answers."""

from collections.abc import Callable, Iterator, Mapping

from bot.chat.months import month_in_words
from bot.chat.visit import Visit
from bot.contacts import Contact
from bot.storage import talks
from bot.storage.tables import Talk
from flows.always import DOUBTED
from flows.facts import Detail, Role
from flows.model import MessageId, msg
from flows.rules.details import DETAILS


def told_in(visit: Visit) -> Talk:
    """Give the talk in which somebody speaks; there must be one."""
    if visit.talk is None:
        raise ValueError("There is no talk to ask in.")
    return visit.talk


def worded(visit: Visit, message_id: MessageId) -> str:
    """Word a text of a dialogue, with the values that it asks for."""
    needs = visit.tools.catalogue.needs(message_id, visit.language)
    return visit.text(message_id, **{name: _VALUES[name](visit) for name in needs})


def offices(visit: Visit) -> str:
    """Name office, phone, mail and hours of the district, and the police."""
    case = visit.case
    district = case.district if case else visit.notes.district
    return office_lines(visit, district)


def office_lines(visit: Visit, district: str | None) -> str:
    """Write what is known of a district's office, a line each."""
    return contact_lines(visit.tools.contacts.of(district), visit.text)


def contact_lines(contact: Contact, text: Callable[..., str]) -> str:
    """Write what is known of one office, a line each, in the words of `text`."""
    lines = [
        text(f"office.{field}", value=value)
        for field, value in (
            ("name", contact.office),
            ("address", contact.address),
            ("phone", contact.phone if contact.phone != "114" else None),
            ("mail", contact.mail),
            ("hours", contact.hours),
        )
        if value
    ]
    return "\n".join([*lines, text("office.police")])


def help_numbers(visit: Visit) -> str:
    """List whom to call when something is hard, a line each; the young have theirs."""
    numbers = visit.tools.contacts.help_for(adult=visit.is_adult)
    return "\n".join(
        visit.text(
            "care.help_number_line", number=one.number, name=one.names[visit.language]
        )
        for one in numbers
    )


def summary(visit: Visit) -> str:
    """List what the person has answered, a line each."""
    given = talks.answers(visit.session, visit.key, told_in(visit))
    return "\n".join(_summary_lines(visit, given))


def _summary_lines(visit: Visit, given: Mapping[str, str]) -> Iterator[str]:
    band = visit.facts().age_band
    for row in (row for row in DETAILS.values() if row.is_asked_of(band)):
        if row.summary is not None:
            value = given.get(row.detail)
            chosen = row.worded(value) if value is not None else msg("summary.none")
            shown = visit.text(chosen) if chosen else value
            yield visit.text(row.summary, value=shown)


def _district(visit: Visit) -> str:
    case = visit.case
    district = case.district if case else visit.notes.district
    return visit.text(f"district.{district}")


def _harm(visit: Visit) -> str:
    role = visit.spoken_for.role if visit.spoken_for else Role.UNSAID
    return visit.text(f"holder.harm.{role}")


def _birth(visit: Visit) -> str:
    month = talks.answer(visit.session, visit.key, told_in(visit), Detail.BIRTH)
    return month_in_words(month, visit.language) if month else ""


def _doubted(visit: Visit) -> str:
    return talks.answer(visit.session, visit.key, told_in(visit), DOUBTED) or ""


_VALUES: dict[str, Callable[[Visit], str]] = {
    "birth": _birth,
    "words": _doubted,
    "harm": _harm,
    "offices": offices,
    "answers": summary,
    "district": _district,
    "help_numbers": help_numbers,
}
