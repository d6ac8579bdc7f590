"""Who lives in the village, and the words by which their things would be known."""

import re
from dataclasses import dataclass, replace
from datetime import date

#: As somebody types the month of their birth, and as it is kept.
_MONTHS = {5: {"da": "maj", "en": "May"}, 12: {"da": "december", "en": "December"}}


@dataclass(frozen=True)
class Self:
    """Who somebody is; `word` stands in all that they tell, and in nothing else."""

    key: str
    word: str
    number: str
    language: str = "da"
    age: str = "18"
    birth_year: int = 2010
    birth_month: int = 5
    authority: str = "both"
    relation: str = "mother"
    others: str = "yes"

    @property
    def shown_word(self) -> str:
        """The name of a child that its parents may read."""
        return f"Lille{self.word.lower()[::-1]}"

    @property
    def birth(self) -> str:
        return f"{_MONTHS[self.birth_month][self.language]} {self.birth_year}"

    def is_of_age(self, today: date) -> bool:
        """Tell whether the month in which they turn 18 is over."""
        if self.age == "18":
            return True
        return (today.year, today.month) > (self.birth_year + 18, self.birth_month)

    def may_be_of_age(self, today: date) -> bool:
        """Tell whether the month of their 18th birthday has begun."""
        born = (self.birth_year + 18, self.birth_month)
        return self.age == "18" or (today.year, today.month) >= born

    def is_in(self, text: str) -> bool:
        """Tell whether a text holds anything that this person has told."""
        digits = re.sub(r"\D", "", text)
        return self.word.lower() in text.lower() or self.number[-8:] in digits


SOFIE = Self("victim", "Kestrelund", "+4520163847")
JONAS = Self("offender", "Lapwinghus", "+4522914738", language="en")
EMIL = Self("offender", "Lapwinghus", "+4522914738", age="15_17")
MADS = replace(EMIL, birth_year=2008, birth_month=12)
FREJA = Self("victim", "Kestrelund", "+4520163847", "en", age="12_14", birth_year=2013)
LONE = Self("mother", "Bitternsen", "+4561739524")
HENRIK = Self("father", "Ospreyborg", "+4561739531", "en", relation="father")
STRANGER = Self("stranger", "Dunlinskov", "+4528374650")
KAREN = Self("mediator", "Avocetdal", "+4530285916")
AHMED = Self("mediator2", "Godwitby", "+4553846192", "en")
BIRGIT = Self("coordinator", "Siskinbro", "+4540517263")

STAFF = (KAREN, AHMED, BIRGIT)
ADULTS = (SOFIE, JONAS, STRANGER, LONE, *STAFF)
WITH_CHILD = (SOFIE, EMIL, LONE, HENRIK, STRANGER, *STAFF)
WITH_ONE_NEARLY_18 = (SOFIE, MADS, LONE, HENRIK, STRANGER, *STAFF)
WITH_YOUNG_VICTIM = (FREJA, JONAS, LONE, HENRIK, STRANGER, *STAFF)
