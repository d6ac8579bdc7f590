"""The mutations: each takes away one thing on which somebody relies."""

from typing import Final

from tests.lab.prove.mutants_of_border import OF_BORDER
from tests.lab.prove.mutants_of_hiding import OF_HIDING
from tests.lab.prove.mutants_of_keys import OF_KEYS
from tests.lab.prove.mutants_of_program import OF_PROGRAM
from tests.lab.prove.mutants_of_reading import OF_READING
from tests.lab.prove.mutants_of_rules import OF_RULES
from tests.lab.prove.mutants_of_stops import OF_STOPS

MUTATIONS: Final = (
    *OF_BORDER,
    *OF_HIDING,
    *OF_KEYS,
    *OF_PROGRAM,
    *OF_READING,
    *OF_RULES,
    *OF_STOPS,
)
