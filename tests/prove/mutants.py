"""The mutations: each takes away one thing on which somebody relies."""

from typing import Final

from tests.prove.mutants_of_program import OF_PROGRAM
from tests.prove.mutants_of_rules import OF_RULES
from tests.prove.mutants_of_stops import OF_STOPS

MUTATIONS: Final = (*OF_PROGRAM, *OF_RULES, *OF_STOPS)
