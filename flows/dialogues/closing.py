"""Where a talk rests after a withdrawal, a letting go, or the end of its case."""

from flows.effects import StopRegretted
from flows.guards import (
    may_begin_anew,
    may_change_mind,
    may_change_mind_as_parent,
)
from flows.meanwhile import Meanwhile
from flows.model import Answer, Flow, Instead, Into, State, msg, once

CLOSING = Flow(
    id="closing",
    version=2,
    status=msg("closing.status"),
    states=(
        State(
            "withdrawn",
            says=(msg("closing.withdrawn"),),
            rest=True,
            status=msg("closing.withdrawn.status"),
            without_yes=True,
            offers_receipt=True,
            instead=(
                Instead(
                    once(Meanwhile.OVER),
                    says=(msg("closing.withdrawn"), msg("closing.withdrawn_over")),
                ),
                Instead(
                    once(Meanwhile.WRITTEN_DOWN), says=(msg("closing.written_down"),)
                ),
                Instead(
                    once(Meanwhile.STOPPED_HERE, Meanwhile.ASKED),
                    says=(
                        msg("closing.withdrawn_until"),
                        msg("closing.withdrawn"),
                        msg("closing.withdrawn_asked"),
                    ),
                ),
                Instead(
                    once(Meanwhile.STOPPED_HERE),
                    says=(msg("closing.withdrawn_until"), msg("closing.withdrawn")),
                ),
                Instead(
                    once(Meanwhile.ASKED),
                    says=(msg("closing.withdrawn"), msg("closing.withdrawn_asked")),
                ),
            ),
            answers=(
                Answer(
                    "undo",
                    msg("closing.withdrawn.undo"),
                    when=may_change_mind,
                    to=Into("offer"),
                    records=StopRegretted(),
                ),
                # Everything is read and asked afresh, also who the parent is.
                Answer(
                    "undo_parent",
                    msg("closing.withdrawn.undo_parent"),
                    when=may_change_mind_as_parent,
                    to=Into("holder", "explain_child"),
                    records=StopRegretted(),
                ),
                # Who stopped before telling their age has not read anything yet.
                Answer(
                    "begin",
                    msg("closing.withdrawn.begin"),
                    when=may_begin_anew,
                    to=Into("arrival", "ask_language"),
                ),
            ),
        ),
        # Nobody is told who let go of them, nor why; and nothing before they write.
        State(
            "let_go",
            says=(msg("closing.let_go"),),
            rest=True,
            status=msg("closing.let_go.status"),
        ),
        # One constant text for every cause (requirement 20).
        State("ended", says=(msg("closing.ended"),), rest=True),
    ),
)
