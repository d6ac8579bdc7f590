"""Open a case and make the personal links of its parties."""

from dataclasses import dataclass
from datetime import timedelta

from bot.casework.linking import Letter, letter, seat
from bot.casework.refusals import Refused
from bot.chat.notices import Post
from bot.settings import Settings
from bot.storage import cases, records
from bot.storage.staff import COORDINATOR, serving
from bot.storage.tables import Case
from flows.case import Relation
from flows.facts import Role


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

    Raises:
        Refused: nobody in the district could be told or called.
    """
    _refuse_unserved(post, opening.district)
    due = (post.at + timedelta(days=settings.case_days)).date()
    case = cases.open_case(
        post.session, opening.district, opening.relation, post.at, due
    )
    roles = [Role.VICTIM] * opening.victims
    if opening.relation is not Relation.CLOSE:
        roles += [Role.OFFENDER] * opening.offenders
    parties = [seat(post, case, role) for role in roles]
    letters = [letter(post, party, settings.link_days) for party in parties]
    records.audit(post.session, "command line", "case opened", case, post.at)
    return case, letters


def _refuse_unserved(post: Post, district: str) -> None:
    if serving(post.session, COORDINATOR, district):
        return
    if not post.tools.contacts.has(district):
        raise Refused(
            f"{district} has neither a coordinator nor an office that people could "
            "turn to: invite one with konfliktraad staff invite, or add the district "
            "to the file that KONFLIKTRAAD_CONTACTS names."
        )
