"""What stands in a text beside its words: offices, help numbers, one's own answers."""

from collections.abc import Callable, Iterator, Mapping

from bot.chat.months import month_in_words
from bot.chat.visit import Visit
from bot.contacts import Contact
from bot.storage import talks
from bot.storage.sides import BIRTH
from bot.storage.tables import Talk
from flows.always import DOUBTED
from flows.facts import Role
from flows.guards import is_number_unwelcome
from flows.model import MessageId
from flows.side import WAYS

#: The details that the summary and the card show, in this order.
DETAILS = ("name", "phone", "email", "times", "interpreter", "access", "support")

#: Details that a button may answer.
_CHOICES = ("interpreter", "access", "support")


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
    district = case.district if case else visit.note("district")
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
            "care.help_number_line", number=one.number, name=one.name(visit.language)
        )
        for one in numbers
    )


def summary(visit: Visit) -> str:
    """List what the person has answered, a line each."""
    given = talks.answers(visit.session, visit.key, told_in(visit))
    return "\n".join(_summary_lines(visit, given))


def is_choice(name: str, value: str) -> bool:
    """Tell whether a detail was answered by a yes or no of ours, not in own words."""
    return name in _CHOICES and value in {"yes", "no"}


def _summary_lines(visit: Visit, given: Mapping[str, str]) -> Iterator[str]:
    unasked = WAYS if is_number_unwelcome(visit.facts()) else frozenset()
    for name in (name for name in DETAILS if name not in unasked):
        value = given.get(name)
        if value is None:
            value = visit.text("summary.none")
        elif is_choice(name, value):
            value = visit.text(f"summary.{value}")
        yield visit.text(f"summary.{name}", value=value)


def _district(visit: Visit) -> str:
    case = visit.case
    district = case.district if case else visit.note("district")
    return visit.text(f"district.{district}")


def _harm(visit: Visit) -> str:
    role = visit.spoken_for.role if visit.spoken_for else Role.UNSAID
    return visit.text(f"holder.harm.{role}")


def _birth(visit: Visit) -> str:
    month = talks.answer(visit.session, visit.key, told_in(visit), BIRTH)
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
