"""What a parent without the bot told a coordinator, before any yes of theirs."""

from dataclasses import dataclass

from bot.casework.refusals import Refused, ongoing
from bot.casework.speakers import subject_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, Who
from bot.queue.standing import settle
from bot.storage import records
from bot.storage.consent import consents
from bot.storage.consent.consents import Subject
from bot.storage.tables import Case
from flows.effects import Purpose
from flows.facts import HolderRelation, OtherHolder


@dataclass(frozen=True, slots=True)
class ToldByHolder:
    """What was told; None leaves what is known as it is."""

    #: The three questions on what a yes means were answered rightly.
    understood: bool | None = None
    #: Whether somebody else has parental authority too.
    others: OtherHolder | None = None
    #: Who is neither mother nor father says that they have the authority.
    relation: HolderRelation | None = None


def tell_of_holder(
    post: Post, reference: str, n: int, of: Who | None, told: ToldByHolder, by: str
) -> tuple[Case, list[str]]:
    """Write down what a parent told, and name what a yes of theirs still lacks.

    Raises:
        Refused: nobody in the case is meant, or several are.
    """
    case = ongoing(post.session, reference)
    subject = subject_of(post, case, Who(HOLDER, n), of)
    party, holder = subject.party, subject.holder
    if holder is None:
        raise Refused(f"Case {case.reference} has no holder {n}.")
    if told.understood is not None:
        holder.understood_at = post.at if told.understood else None
    if told.others is not None:
        holder.says_others = told.others
    if told.relation is not None:
        holder.relation = told.relation
        is_other = told.relation is HolderRelation.OTHER
        holder.claims_authority = True if is_other else None
    note = f"{party.role} {party.n} holder {holder.n}"
    records.audit(post.session, by, "holder told elsewhere", case, post.at, note)
    post.session.flush()
    settle(post, case)
    return case, lacking(post, subject)


def lacking(post: Post, subject: Subject) -> list[str]:
    """Name what a parent has not been told or asked that comes before a yes."""
    holder = subject.holder
    notice = (
        consents.last(post.session, subject, Purpose.DATA_NOTICE) if holder else None
    )
    known = {
        str(Purpose.DATA_NOTICE): notice is not None and notice.stands(post.at),
        "understood": holder is not None and holder.understood_at is not None,
        "others": holder is not None and holder.says_others is not None,
    }
    return [name for name, is_known in known.items() if not is_known]


def refuse_uninformed(post: Post, case: Case, subject: Subject) -> None:
    """Refuse a yes of a parent before all that comes first in the chat too.

    Raises:
        Refused: with what is still to be done.
    """
    if left := lacking(post, subject):
        raise Refused(
            f"Before this yes in case {case.reference} is still to be recorded of the "
            f"parent: {', '.join(left)}. The notice on data is recorded with "
            "konfliktraad consent record --purpose data_notice, the rest with "
            "konfliktraad case holder."
        )
