"""The words in which consent is asked for, each under a version of its own.

When the words say something else, the number before the dot is raised, and whoever has
said yes is asked anew (bot/upkeep/lapsing.py), and the dialogue gets a new version too.
When a slip of the pen is mended, the one behind it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flows import FLOWS
from flows.effects import Purpose
from flows.model import MessageId, Place, State, msg
from flows.rules.required import required

#: The answer by which consent is given.
_YES = "yes"


@dataclass(frozen=True, slots=True)
class ConsentWording:
    """What is said where consent to one purpose is asked for."""

    id: str
    purpose: Purpose
    version: str
    asked_in: Place
    #: For each number before the dot, in order, the version of the dialogue with which
    #: those words came: whoever stands there is led to what is asked now.
    since: tuple[int, ...]
    #: Texts that belong to it and are told elsewhere.
    also: tuple[MessageId, ...] = ()
    #: What was read in the chat long before is read aloud together with the question.
    read_first: tuple[MessageId, ...] = ()
    is_for_holders: bool = False
    #: On the phone: where a text has words for that, those.
    is_aloud: bool = False
    #: Read aloud in place of what the chat shows there, which says part of it too.
    instead: tuple[MessageId, ...] = ()

    @property
    def texts(self) -> tuple[MessageId, ...]:
        """Name what is told before the question."""
        return self.instead or (*self.read_first, *self._state.says[:-1], *self.also)

    @property
    def question(self) -> MessageId:
        """Name the question."""
        return self._state.says[-1]

    @property
    def button(self) -> MessageId:
        """Name the label of a yes."""
        labels = {answer.name: answer.label for answer in self._state.answers}
        label = labels[_YES]
        if label is None:
            raise ValueError(f"The notice {self.id} has a yes without a label.")
        return label

    @property
    def _state(self) -> State:
        return FLOWS[self.asked_in.dialogue].state(self.asked_in.state)


NOTICES: dict[str, ConsentWording] = {
    notice.id: notice
    for notice in (
        ConsentWording(
            "hear_more", Purpose.HEAR_MORE, "1.0", Place("offer", "ask_interest"), (2,)
        ),
        # Who came without a letter is asked in other words.
        ConsentWording(
            "referral_hear_more",
            Purpose.HEAR_MORE,
            "1.0",
            Place("referral", "ask_interest"),
            (1,),
        ),
        ConsentWording(
            "data_notice",
            Purpose.DATA_NOTICE,
            "1.0",
            Place("consent", "ask_data"),
            (2,),
            also=(msg("consent.data_in_full"),),
        ),
        ConsentWording(
            "parental_data_notice",
            Purpose.DATA_NOTICE,
            "1.0",
            Place("parental", "ask_data"),
            (1,),
            also=(msg("parental.data_in_full"),),
            is_for_holders=True,
        ),
        ConsentWording(
            "parental_take_part",
            Purpose.PARENTAL_TAKE_PART,
            "1.0",
            Place("parental", "ask_take_part"),
            (1,),
            is_for_holders=True,
        ),
        ConsentWording(
            "take_part",
            Purpose.TAKE_PART,
            "1.0",
            Place("consent", "ask_take_part"),
            (2,),
        ),
        ConsentWording(
            "data_notice_aloud",
            Purpose.DATA_NOTICE,
            "1.0",
            Place("consent", "ask_data"),
            (2,),
            instead=(msg("consent.data_in_full"),),
            is_aloud=True,
        ),
        ConsentWording(
            "parental_data_notice_aloud",
            Purpose.DATA_NOTICE,
            "1.0",
            Place("parental", "ask_data"),
            (1,),
            instead=(msg("parental.data_in_full"),),
            is_for_holders=True,
            is_aloud=True,
        ),
        # Who does not use the bot hears all that is required in one go.
        ConsentWording(
            "take_part_aloud",
            Purpose.TAKE_PART,
            "1.0",
            Place("consent", "ask_take_part"),
            (2,),
            read_first=required(is_holder=False),
            is_aloud=True,
        ),
        ConsentWording(
            "parental_take_part_aloud",
            Purpose.PARENTAL_TAKE_PART,
            "1.0",
            Place("parental", "ask_take_part"),
            (1,),
            read_first=required(is_holder=True),
            is_for_holders=True,
            is_aloud=True,
        ),
        # For a no the question is enough.
        ConsentWording(
            "take_part_question_aloud",
            Purpose.TAKE_PART,
            "1.0",
            Place("consent", "ask_take_part"),
            (2,),
            is_aloud=True,
        ),
        ConsentWording(
            "parental_take_part_question_aloud",
            Purpose.PARENTAL_TAKE_PART,
            "1.0",
            Place("parental", "ask_take_part"),
            (1,),
            is_for_holders=True,
            is_aloud=True,
        ),
    )
}

#: Which is given at a place: the first of those that are, as the chat shows it.
_ASKED_AT = {one.asked_in: name for name, one in reversed(NOTICES.items())}


def notice_for(purpose: Purpose, *, is_holder: bool) -> ConsentWording:
    """Find the notice of a purpose, as those with a letter are asked in it.

    Raises:
        LookupError: there is none.
    """
    for notice in NOTICES.values():
        if (notice.purpose, notice.is_for_holders) == (purpose, is_holder):
            return notice
    raise LookupError(f"Nothing says how {purpose} is asked for.")


def read_aloud_for(
    purpose: Purpose, *, is_holder: bool, is_yes: bool
) -> ConsentWording:
    """Find the notice that is read aloud: for a yes with all that is required first.

    Raises:
        LookupError: there is none.
    """
    asked = notice_for(purpose, is_holder=is_holder)
    in_full = NOTICES.get(f"{asked.id}_aloud", asked)
    return in_full if is_yes else NOTICES.get(f"{asked.id}_question_aloud", in_full)


def notice_at(place: Place) -> ConsentWording | None:
    """Find the notice that is given where a talk stands; None where there is none."""
    name = _ASKED_AT.get(place)
    return NOTICES[name] if name else None


def problems() -> tuple[str, ...]:
    """List the notices whose words say something else in a dialogue that is as it was.

    Who stands in that dialogue would go on as if they had been asked in these words.
    """
    return tuple(
        f"notices.{notice.id}: its words say something else in version "
        f"{notice.version}, so the dialogue {notice.asked_in.dialogue} needs a new "
        "version too; name that version in `since`."
        for notice in NOTICES.values()
        if not _is_asked_anew(notice)
    )


def _is_asked_anew(notice: ConsentWording) -> bool:
    versions = (*notice.since, FLOWS[notice.asked_in.dialogue].version)
    rises = all(one < other for one, other in pairwise(notice.since))
    return (
        len(notice.since) == int(_major(notice.version))
        and rises
        and versions == tuple(sorted(versions))
    )


def majors() -> str:
    """Name the words of today: each notice with its number before the dot."""
    return " ".join(
        f"{notice.id}:{_major(notice.version)}" for _, notice in sorted(NOTICES.items())
    )


def is_current(notice_id: str | None, version: str | None) -> bool:
    """Tell whether a yes to these words is one to those of today."""
    notice = NOTICES.get(notice_id or "")
    return notice is not None and _major(version or "") == _major(notice.version)


def _major(version: str) -> str:
    return version.partition(".")[0]
