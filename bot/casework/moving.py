"""Let somebody go on from another account, and cut the old chat off."""

from bot.chat.notices import close, retract
from bot.chat.post import Post
from bot.storage import cases, holders, records, talks
from bot.storage.consent import consents
from bot.storage.consent.consents import Shown, Subject
from bot.storage.mail import outbox
from bot.storage.staff import COORDINATOR
from bot.storage.tables import Holder, Party, Person, Talk
from flows import FLOWS
from flows.always import AFTER_LETTING_GO
from flows.engine import start


def move_in(
    post: Post, party: Party, holder: Holder | None, newcomer: Person, talk: Talk
) -> None:
    """Take a place over from the account that has it: details stay, yeses do not.

    In the old chat nothing is told, and whoever writes there is nobody whom we know.
    What a human still has to look at is looked at.
    """
    place = holder or party
    old = post.session.get_one(Person, place.person_id)
    keys = {one.id: post.tools.keys.key_of(one.id) for one in (old, newcomer)}
    subject = Subject(party, holder, old, keys[old.id])
    shown = Shown(old.language, COORDINATOR)
    consents.withdraw_all(post.session, subject, shown, post.at, by=COORDINATOR)
    left = talks.of(post.session, place)
    if left is not None:
        talks.take_over(post.session, keys, left, talk)
        _cut_off(post, old, left)
    if holder is None:
        cases.vacate(party)
    else:
        holders.vacate(holder)
    place.person_id = None
    case = cases.of(post.session, party)
    records.audit(
        post.session, "system", "account changed", case, post.at, _named(place)
    )


def _cut_off(post: Post, old: Person, left: Talk) -> None:
    """Let nothing come any more into the old chat, and nothing lead from there."""
    retract(post.session, left, post.at)
    if not _stands_elsewhere(post, old, left):
        outbox.drop_waiting(post.session, old.id)
    close(post, old, left)
    left.party_id = left.holder_id = left.link_id = None
    talks.put(left, start(FLOWS, AFTER_LETTING_GO), post.at)
    talks.cut_off(left)


def _stands_elsewhere(post: Post, old: Person, left: Talk) -> bool:
    """Tell whether what waits may be about another case, or work."""
    return any(
        one.party_id or one.holder_id or one.staff_id
        for one in talks.of_person(post.session, old)
        if one is not left
    )


def _named(place: Party | Holder) -> str:
    kind = f"{place.role} " if isinstance(place, Party) else "holder "
    return f"{kind}{place.n}"
