"""How a typed text is read: the first reading that fits wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flows.always import Always
from flows.words.ages import band_of
from flows.words.always_words import Open, at_an_end, is_only, slip, wanted
from flows.words.asking import Asking, Asks, certainty
from flows.words.characters import (
    LONGEST_READ,
    TypedText,
    asks,
    cleaned,
    is_calm,
    normalised,
    spoken,
    words_of,
)
from flows.words.red_flags import RedFlags, is_flagged
from flows.words.wishes import Wish, is_in_doubt

#: A longer text is no answer to anything that is asked here.
LONGEST_TEXT = 500
#: What is nearly a shorter word for hiding is too often another word.
_SHORTEST_HIDING_SLIPPED = 5


def wishes_nothing(_text: str) -> Wish:
    """Stand for a classifier of wishes where there is none."""
    return Wish.NEITHER


@dataclass(frozen=True, slots=True)
class Words:
    """What a person may type, in every language at once, already normalised."""

    always: Mapping[str, Always]
    yes: frozenset[str]
    no: frozenset[str]
    #: A word stem and the topic that it points to.
    topics: tuple[tuple[str, str], ...]
    red_flags: RedFlags
    #: What changes nothing before or behind a word that is always open.
    around: frozenset[str] = frozenset()
    #: Of those, what changes nothing either where something is denied.
    polite: frozenset[str] = frozenset()
    #: Words that deny something.
    denying: frozenset[str] = frozenset()
    #: What changes nothing before one.
    leading: frozenset[str] = frozenset()
    #: Words of their own, though they are like one that is always open.
    no_slips: frozenset[str] = frozenset()
    #: What goes on, where that is an answer.
    go_on: frozenset[str] = frozenset()
    #: How people ask, a language each.
    asking: tuple[Asking, ...] = ()
    #: Tells whether somebody's own words tell of wanting to stop.
    wish: Callable[[str], Wish] = wishes_nothing
    #: The same of a parent, who may speak of the child.
    wish_of_parent: Callable[[str], Wish] = wishes_nothing

    @property
    def open(self) -> Open:
        """What is always open."""
        return Open(self.always, self.around, self.polite, self.denying, self.leading)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked at this moment: the answers with their labels, and input."""

    answers: Sequence[tuple[str, frozenset[str]]]
    strict: bool = False
    #: A typed number is an age.
    by_age: bool = False
    #: Turns the typed text into the value that is kept, or refuses it with None.
    accepts: Callable[[str], str | None] | None = None
    #: A name is asked for, which may hold a word that elsewhere means danger.
    is_for_name: bool = False
    #: Staff give orders here; nobody reads danger into them.
    is_of_staff: bool = False
    #: A parent answers here.
    is_of_parent: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of the actions that are always open, perhaps for one case."""

    action: Always
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Flagged:
    """Words that may mean danger; it holds none of them, as they are never kept."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the answers of the state."""

    answer: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the state asks the person to type."""

    value: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may be what the state asks for, and something else as well: it is asked."""

    value: str


@dataclass(frozen=True, slots=True)
class StopWish:
    """Somebody takes back in their own words; not plain, they are asked whether so."""

    is_plain: bool
    #: No list holds it: a model alone takes it for one.
    is_believed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question; without a topic the bot does not know the answer."""

    topic: str | None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that can be used here."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More text than anything here asks for."""


Reading = (
    Wanted
    | Flagged
    | Chosen
    | StopWish
    | Given
    | Doubtful
    | Question
    | Unclear
    | TooLong
)


def read(text: str, asked: Asked, words: Words) -> Reading:
    """Read a text: the first of these readings that fits.

    A red flag, what is always open, an answer, a wish to stop, the input, a question.
    """
    # What can be seen of it is worked out once; what is longer than any message, later.
    text = text if isinstance(text, TypedText) else TypedText(text)
    shown = text if len(text) > LONGEST_READ else text.shown
    as_name = asked.is_for_name
    if not asked.is_of_staff and is_flagged(shown, words.red_flags, as_name=as_name):
        return Flagged()
    found = wanted(shown, words.open)
    if found is not None:
        return _open(*found, text, asked)
    is_long = len(text) > LONGEST_TEXT
    answer = None if is_long else _answer(shown, asked, words)
    if answer is not None:
        return Chosen(answer)
    heard = _slipped(shown, asked, words) or _wished(text, asked, words)
    if heard is not None:
        return heard
    if is_long:
        return TooLong()
    return _given(text, asked, words) or _question(text, words)


def _open(action: Always, reference: str, text: str, asked: Asked) -> Reading:
    """Let an action act; a stop in a sentence that doubts itself is asked about."""
    is_doubted = len(words_of(text)) > 1 and is_in_doubt(text)
    if action is Always.WITHDRAW and is_doubted and not asked.is_of_staff:
        return StopWish(is_plain=False)
    return Wanted(action, reference)


def _slipped(text: str, asked: Asked, words: Words) -> Reading | None:
    """Hear a slip in a word of safety; one in a short word for hiding is too unsure."""
    word = None if asked.is_of_staff else slip(text, words.open, words.no_slips)
    if word is None:
        return None
    if words.always[word] is Always.WITHDRAW:
        return StopWish(is_plain=False)
    return Wanted(Always.HIDE) if len(word) >= _SHORTEST_HIDING_SLIPPED else None


def _wished(text: str, asked: Asked, words: Words) -> Reading | None:
    """Hear a wish to stop in somebody's own words; to go on is none."""
    if asked.is_of_staff or is_only(text, words.go_on, words.around):
        return None
    wish = words.wish_of_parent(text) if asked.is_of_parent else words.wish(text)
    if wish is Wish.NEITHER:
        return None
    return StopWish(wish is Wish.STOPS, is_believed=wish is Wish.BELIEVED)


def _answer(text: str, asked: Asked, words: Words) -> str | None:
    """Find the answer that was typed; a question is neither a yes nor a no."""
    is_question = asks(text)
    if asked.strict and (is_question or not is_calm(text)):
        return None
    said, typed = spoken(text), normalised(text)
    names = [name for name, _ in asked.answers]
    for name, labels in asked.answers:
        is_label = bool(said) and (said in labels or typed in labels)
        if is_label and not (is_question and name in {"yes", "no"}):
            return name
    if is_question:
        return None
    found = _common(text, said, names, words, strict=asked.strict)
    return found or _counted(typed, names, asked)


def _counted(typed: str, names: Sequence[str], asked: Asked) -> str | None:
    """Find the answer that a number names: an age, or the place of an answer."""
    if asked.by_age:
        return band_of(typed, names)
    is_number = typed.isascii() and typed.isdigit() and not asked.strict
    if is_number and asked.accepts is None and 1 <= int(typed) <= len(names):
        return names[int(typed) - 1]
    return None


def _common(
    text: str, said: str, names: Sequence[str], words: Words, *, strict: bool
) -> str | None:
    """Find an answer that many questions have, in words that go for all of them."""
    if "yes" in names and said in words.yes:
        return "yes"
    if "no" in names and is_only(text, words.no, words.polite):
        return "no"
    goes_on = "go_on" in names and not strict
    return "go_on" if goes_on and is_only(text, words.go_on, words.around) else None


def _given(text: str, asked: Asked, words: Words) -> Reading | None:
    """Take what the state asks for, unless the text may mean something else.

    What begins or ends with a word that is always open is never taken unasked.
    """
    own = cleaned(text)
    value = asked.accepts(own) if asked.accepts else None
    if value is None:
        return None
    actions = at_an_end(text, words.open)
    if Always.WITHDRAW in actions:
        return StopWish(is_plain=False)
    how_sure = certainty(text, words.asking)
    if value == own and _is_question(how_sure, asked):
        return _question(text, words)
    is_slip = slip(text, words.open, words.no_slips) is not None
    is_doubtful = actions or how_sure or is_slip or _is_courtesy(text, words)
    return Doubtful(value) if is_doubtful else Given(value)


def _is_question(how_sure: Asks | None, asked: Asked) -> bool:
    """Tell whether a text asks; who asks politely for something may need it."""
    is_request = how_sure is Asks.REQUESTS and asked.is_for_name
    return how_sure is Asks.SURELY or is_request


def _is_courtesy(text: str, words: Words) -> bool:
    """Tell whether a text greets, goes on, or says yes or no, and nothing else."""
    meant = words.yes | words.no | words.go_on | words.around | words.leading
    return is_only(text, meant, frozenset())


def _question(text: str, words: Words) -> Question | Unclear:
    spaced = f" {normalised(text)} "
    found = [topic for stem, topic in words.topics if f" {stem}" in spaced]
    if found:
        return Question(found[0])
    how_sure = certainty(text, words.asking)
    is_question = asks(text) or how_sure in {Asks.SURELY, Asks.REQUESTS}
    return Question(None) if is_question else Unclear()
