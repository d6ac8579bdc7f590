"""Open a case and make the personal links of its parties."""

from dataclasses import dataclass
from datetime import timedelta

from bot.casework.linking import Letter, letter, may_join, seat
from bot.casework.refusals import Refused
from bot.chat.post import Post
from bot.settings import Settings
from bot.storage import cases, records
from bot.storage.staff import COORDINATOR, serving
from bot.storage.tables import Case
from flows.facts import Role
from flows.rules.case import Relation


@dataclass(frozen=True, slots=True)
class Opening:
    """What a coordinator knows when opening a case."""

    district: str
    relation: Relation
    victims: int = 1
    offenders: int = 1


def open_case(
    post: Post, settings: Settings, opening: Opening
) -> tuple[Case, list[Letter]]:
    """Open a case; between people who are close nobody is invited.

    Then only the victim, who has asked for it, gets a link, and that one informs. The
    offender becomes a party when the victim's own wish is recorded (`new_letter`).
    A side that may not use the bot gets no place and no link.

    Raises:
        Refused: nobody in the district could be told or called, or nobody invited.
    """
    roles = _invited(post, opening)
    _refuse_unserved(post, opening.district)
    ends_on = (post.at + timedelta(days=settings.case_days)).date()
    case = cases.open_case(
        post.session, opening.district, opening.relation, post.at, ends_on
    )
    parties = [seat(post, case, role) for role in roles]
    letters = [letter(post, party, settings.link_days) for party in parties]
    records.audit(post.session, "command line", "case opened", case, post.at)
    return case, letters


def _invited(post: Post, opening: Opening) -> list[Role]:
    """List the roles of those who get a link, one for each."""
    roles = [Role.VICTIM] * opening.victims
    if opening.relation is not Relation.CLOSE:
        roles += [Role.OFFENDER] * opening.offenders
    served = [role for role in roles if may_join(post, role)]
    if not served:
        raise Refused(
            "Nobody would get a link: KONFLIKTRAAD_ROLES does not name those who are "
            "invited first."
        )
    return served


def _refuse_unserved(post: Post, district: str) -> None:
    if serving(post.session, COORDINATOR, district):
        return
    if not post.tools.contacts.has(district):
        raise Refused(
            f"{district} has neither a coordinator nor an office that people could "
            "turn to: invite one with konfliktraad staff invite, or add the district "
            "to the file that KONFLIKTRAAD_CONTACTS names."
        )
