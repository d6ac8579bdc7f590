"""Anybody does anything, in any order, from the milestones of many kinds of cases."""

from tests.lab.machine.desks import AtDesks
from tests.lab.machine.gestures import Gestures
from tests.lab.machine.phones import AtPhones


class AdultsOnly(AtPhones, Gestures, AtDesks):
    """Cases in which nobody is under 18."""

    beginnings = (
        "opened",
        "nearly asked",
        "one yes",
        "covered",
        "confirmed",
        "claimed",
    )


class WithChildren(AtPhones, Gestures, AtDesks):
    """Cases in which parents have their say."""

    beginnings = (
        "child asked",
        "parent asked",
        "parents stated",
        "parents covered",
        "parents verified",
        "young victim",
        "nearly 18",
        "child claimed",
    )
