"""Whatever people, Telegram, the clock and staff do: what must hold does hold.

A failure prints what was done, step by step; the same cases are played at each run, so
that whoever broke something knows that it was them. `make prove` plays others.
"""

from hypothesis import HealthCheck, settings

from tests.lab.machine.machine import AdultsOnly, WithChildren

TestAdultsOnly = AdultsOnly.TestCase
TestWithChildren = WithChildren.TestCase

TestAdultsOnly.settings = TestWithChildren.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
