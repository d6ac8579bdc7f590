"""What can happen beneath somebody while they stand where they stand in the talk."""

from enum import StrEnum


class Meanwhile(StrEnum):
    """What has happened since somebody came to a place, as far as they may know."""

    CLAIMED = "claimed"
    """A mediator has the case."""
    OVER = "over"
    """The case is over while a mediator had it, and its parties may know."""
    STOPPED_HERE = "stopped_here"
    """This person has stopped it, and the others have not been told."""
    VERIFIED = "verified"
    """A human has made sure who this parent is."""
    LOOKED_AT = "looked_at"
    """A human has looked at all for which this person waits."""
    NO_NUMBER = "no_number"
    """Under 15: there is no number of this person, and none is asked for."""
    TURNING_18 = "turning_18"
    """A human looks at it for one reason: the month of the 18th birthday."""
    OF_AGE = "of_age"
    """The person is of age, whatever they waited for before."""
    ASKED = "asked"
    """A human was asked for, and the stop has taken that back too."""
    WRITTEN_DOWN = "written_down"
    """A yes that this person said elsewhere was written down, and stands."""
    YES_LAPSED = "yes_lapsed"
    """The yes to taking part stands no more."""
    NOTICE_LAPSED = "notice_lapsed"
    """Nor does the one to the notice on data, which comes before it."""
