"""Coordinators and mediators who write down what happens outside of the chats."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot import casework
from bot.casework import (
    NewCode,
    NothingOpen,
    Refused,
    Statement,
    Told,
    ToldByHolder,
    Verification,
)
from bot.offline_words import HOLDER, Because, Check, Delivery, Inspection, Way, Who
from flows.effects import ConsentState, Purpose
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    Orders,
    OtherHolder,
    Role,
    Tie,
)
from flows.rules.case import Relation
from flows.rules.holders import HolderState
from flows.rules.reasons import DANGERS
from tests.lab.machine.anything import WHICH, Anything
from tests.lab.machine.milestones import opens_case
from tests.support.settling import settles

#: So many cases are opened at most.
_CASES = 2
_SAID = (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
#: With which a coordinator settles what waits, beside what it waits for.
_CODES = ("of_age", "asked_for")
_HARMLESS = Told(
    AgeBand.ADULT, Confession.YES, Tie.STRANGER, Orders.NO, Fear.NO, understood=True
)
#: What somebody without the bot may tell a coordinator about themselves.
TOLD = (
    _HARMLESS,
    replace(_HARMLESS, fear=Fear.YES),
    replace(
        _HARMLESS,
        age_band=AgeBand.FROM_15_TO_17,
        authority=Authority.ONE,
        may_ask_holders=True,
    ),
    Told(age_band=AgeBand.FROM_12_TO_14, authority=Authority.BOTH),
    Told(tie=Tie.FAMILY, may_ask_holders=False),
)
WHO = st.sampled_from(("victim", "offender", HOLDER))


class AtDesks(Anything):
    """Whoever serves a case, in front of a terminal."""

    @rule(case=WHICH, which=WHICH)
    def is_cleared(self, case: int, which: int) -> None:
        """A coordinator settles what waits, or what does not."""
        reference = self._reference(case)
        waiting = [n.reason for n in self._shown(reference).needs if n.cleared is None]
        reasons = (*waiting, *_CODES) if waiting else _CODES
        reason = reasons[which % len(reasons)]
        with suppress(Refused, NothingOpen):
            self.village.does(settles, reference, reason)
            assert reason != "of_age" or self._may_be_of_age(), (
                "a minor became an adult"
            )
        self._looks()

    @rule(case=WHICH)
    def is_cleared_at_once(self, case: int) -> None:
        """A coordinator settles all that waits, where that may be."""
        reference = self._reference(case)
        with suppress(Refused, NothingOpen):
            how, by = Inspection.MEETING, "Birgit"
            _, cleared = self.village.does(casework.clear_all, reference, how, by)
            assert not DANGERS & set(cleared), "danger is settled by itself"
        self._looks()

    @rule(case=WHICH, role=st.sampled_from((Role.VICTIM, Role.OFFENDER)))
    def gets_new_letter(self, case: int, role: Role) -> None:
        reference, why = self._reference(case), Because.ASKED_AGAIN
        with suppress(Refused):
            does = casework.new_letter
            _, letter = self.village.does(does, reference, role, 1, 30, why)
            self.village.outside.links[letter.token] = role
        self._looks()

    @rule(
        case=WHICH,
        who=WHO,
        n=st.integers(1, 2),
        is_for_new_account=st.booleans(),
    )
    def gets_code(
        self, case: int, who: str, n: int, *, is_for_new_account: bool
    ) -> None:
        """A coordinator gives a code to whoever has lost the way into their chat."""
        wanted = NewCode(
            Who(who, n), Delivery.CALL, "Birgit", is_for_new_account=is_for_new_account
        )
        reference, give = self._reference(case), casework.give_code
        with suppress(Refused):
            _, letter = self.village.does(give, reference, wanted, 30)
            self.village.outside.links[letter.token] = who
        self._looks()

    @rule(case=WHICH, n=st.integers(1, 2))
    def is_verified(self, case: int, n: int) -> None:
        """A coordinator makes sure who a parent is."""
        done = Verification(Check.CALL, self.village.today(), "Birgit")
        reference = self._reference(case)
        stated = [
            holder.n
            for party in self._shown(reference).parties
            for holder in party.holders
            if holder.state == HolderState.STATED
        ]
        meant = stated[n % len(stated)] if stated else n
        with suppress(Refused, NothingOpen):
            self.village.does(casework.verify, reference, meant, None, done)
        self._looks()

    @rule(case=WHICH, n=st.integers(1, 2))
    def gets_new_message(self, case: int, n: int) -> None:
        """A coordinator lets go of whoever has opened a parent's link."""
        letter_for = casework.new_parent_letter
        with suppress(Refused):
            _, letter = self.village.does(letter_for, self._reference(case), n, None)
            self.village.outside.links[letter.token] = HOLDER
        self._looks()

    @rule(
        case=WHICH,
        role=st.sampled_from((Role.VICTIM, Role.OFFENDER)),
        told=st.sampled_from(TOLD),
    )
    def is_told(self, case: int, role: Role, told: Told) -> None:
        """A coordinator writes down what somebody without the bot tells."""
        reference, who = self._reference(case), Who(role, 1)
        with suppress(Refused):
            self.village.does(casework.tell, reference, who, told, "Birgit")
        self._looks()

    @rule(case=WHICH, which=WHICH, days=st.sampled_from((0, 0, 1)))
    def says_it_again(self, case: int, which: int, days: int) -> None:
        """A mediator has heard a yes again, today or on the day before."""
        reference = self._reference(case)
        left = self.village.does(casework.to_reconfirm, reference) or ["victim:1"]
        role, _, n = left[which % len(left)].partition(" ")[0].partition(":")
        on, again = self.village.today() - timedelta(days), ConsentState.RECONFIRMED
        said = Statement(Who(role, int(n)), again, Way.MEETING, on, "Karen")
        with suppress(Refused):
            self.village.does(casework.reconfirm, reference, said)
        self._looks()

    @rule(
        case=WHICH,
        who=WHO,
        n=st.integers(1, 2),
        answer=st.sampled_from(_SAID),
    )
    def is_recorded(self, case: int, who: str, n: int, answer: ConsentState) -> None:
        """A coordinator writes down what somebody said elsewhere."""
        today = self.village.today()
        said = Statement(Who(who, n), answer, Way.PHONE, today, "Birgit")
        with suppress(Refused, NothingOpen):
            self.village.does(casework.record, self._reference(case), said)
        self._looks()

    @rule(
        case=WHICH,
        n=st.integers(1, 2),
        others=st.sampled_from(tuple(OtherHolder)),
    )
    def parent_is_told(self, case: int, n: int, others: OtherHolder) -> None:
        """A coordinator reads to a parent and asks what comes before a yes."""
        reference, today = self._reference(case), self.village.today()
        who, given = Who(HOLDER, n), ConsentState.GIVEN
        read = Statement(
            who, given, Way.PHONE, today, "Birgit", None, Purpose.DATA_NOTICE
        )
        told = ToldByHolder(understood=True, others=others)
        with suppress(Refused):
            self.village.does(casework.record, reference, read)
            does = casework.tell_of_holder
            self.village.does(does, reference, n, None, told, "Birgit")
        self._looks()

    @rule(case=WHICH, how_often=st.integers(0, 3))
    def is_ended(self, case: int, how_often: int) -> None:
        """A coordinator ends a case; seldom, as little can follow."""
        if how_often:
            return
        with suppress(Refused):
            self.village.does(casework.end_case, self._reference(case), "unfit", "B")
        self._looks()

    @rule(relation=st.sampled_from(tuple(Relation)))
    @precondition(lambda self: len(self.village.outside.references) < _CASES)
    def another_case(self, relation: Relation) -> None:
        opens_case(self.village, relation)
        self._looks()
