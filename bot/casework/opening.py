"""Open a case and make the personal links of its parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.casework.linking import Letter, letter, may_join, seat
from bot.casework.refusals import Refused
from bot.chat.post import Post
from bot.offline_words import ConfessionCheck, Inspection
from bot.settings import Settings
from bot.storage import cases, records
from bot.storage.staff import COORDINATOR, serving
from bot.storage.tables import Case, Party
from flows.effects import Reason
from flows.facts import AgeBand, Role
from flows.rules.case import Relation

#: Stands in the log where nobody was named.
COMMAND_LINE: Final = "command line"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a coordinator knows when opening a case."""

    district: str
    relation: Relation
    victims: int = 1
    offenders: int = 1
    confession: ConfessionCheck = ConfessionCheck.UNCLEAR
    #: What the police know of how old those of each side are.
    victim_age: AgeBand | None = None
    offender_age: AgeBand | None = None
    #: Who has checked the confession, where anybody has.
    by: str = COMMAND_LINE

    def age_of(self, role: Role) -> AgeBand | None:
        """Give what the police know of how old those of one side are."""
        return self.victim_age if role is Role.VICTIM else self.offender_age


def open_case(
    post: Post, settings: Settings, opening: Opening
) -> tuple[Case, list[Letter]]:
    """Open a case; between people who are close nobody is invited.

    Then only the victim, who has asked for it, gets a link, and that one informs. The
    offender becomes a party when the victim's own wish is recorded (`new_letter`).
    A side that may not use the bot gets no place and no link.

    Raises:
        Refused: nobody in the district could be told or called, or nobody invited; or
            a confession was checked by nobody.
    """
    _refuse_unnamed(opening)
    roles = _invited(post, opening)
    _refuse_unserved(post, opening.district)
    ends_on = (post.at + timedelta(days=settings.case_days)).date()
    case = cases.open_case(
        post.session, opening.district, opening.relation, post.at, ends_on
    )
    parties = [seat(post, case, role) for role in roles]
    for party in parties:
        party.known_age_band = opening.age_of(Role(party.role))
    letters = [letter(post, party, settings.link_days) for party in parties]
    if opening.confession is ConfessionCheck.CHECKED:
        _keep_check(post, case, parties, opening.by)
    records.audit(post.session, opening.by, "case opened", case, post.at)
    return case, letters


def _refuse_unnamed(opening: Opening) -> None:
    if opening.confession is ConfessionCheck.CHECKED and opening.by == COMMAND_LINE:
        raise Refused(
            "Say who has checked the confession, with --by: the mediator reads it on "
            "the card."
        )


def _keep_check(post: Post, case: Case, parties: Sequence[Party], by: str) -> None:
    """Keep that the confession was checked; of the case, where no offender is in it."""
    offenders = [party for party in parties if party.role == Role.OFFENDER]
    looked = cases.Looked(Reason.CONFESSION_UNCHECKED, Inspection.FILE, by, post.at)
    if not offenders:
        cases.keep_settled(post.session, case, None, looked)
    for party in offenders:
        cases.keep_settled(post.session, case, party, looked)


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
