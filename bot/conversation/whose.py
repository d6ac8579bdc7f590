"""Which of a person's talks is meant, when they stand in several cases."""

from bot.chat.visit import Visit
from bot.storage import cases, talks
from bot.storage.tables import Case, Holder, Party, Talk


def references(visit: Visit) -> dict[int, str]:
    """Name the person's open cases by the numbers of their talks."""
    return {
        talk.number: case.reference
        for talk in talks.of_person(visit.session, visit.person)
        if (case := case_of(visit, talk)) is not None and not cases.is_over(case)
    }


def switch(visit: Visit, talk: Talk) -> None:
    """Let this talk be the one that the person is in."""
    visit.talk = talk
    if visit.person.talk_id != talk.id:
        visit.person.talk_id = talk.id


def switch_to_number(visit: Visit, number: int) -> None:
    """Go to the talk that a button belongs to, where there is one."""
    talk = talks.numbered(visit.session, visit.person, number)
    if talk is not None:
        switch(visit, talk)


def switch_to_case(visit: Visit, reference: str) -> bool:
    """Go to the talk about a case of the person's own; False if there is none."""
    for number, own in references(visit).items():
        if own == reference:
            switch_to_number(visit, number)
            return True
    return False


def case_of(visit: Visit, talk: Talk) -> Case | None:
    """Find the case behind a talk of the person's, be it over or not."""
    holder = visit.session.get(Holder, talk.holder_id) if talk.holder_id else None
    party_id = holder.party_id if holder else talk.party_id
    party = visit.session.get(Party, party_id) if party_id else None
    return visit.session.get(Case, party.case_id) if party else None
