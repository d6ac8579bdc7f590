"""Nobody is asked for what nobody reads, and nothing is shown that nobody was asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

import pytest

from bot.catalogue import load
from flows import FLOWS
from flows.checks.disclosure import Rows, problems
from flows.effects import DetailGiven, DetailSkipped
from flows.facts import Detail
from flows.languages import CODES
from flows.model import GIVEN, Answer, Flow, Input, State, msg
from flows.rules.details import DETAILS, DetailRow, Whom

CATALOGUE = load()
KNOWN = {language: CATALOGUE.ids(language) for language in CODES}
VALUE = frozenset({"value"})


def only(faults: tuple[str, ...]) -> str:
    (fault,) = faults
    return fault


def without(detail: Detail) -> Rows:
    return {name: row for name, row in DETAILS.items() if name is not detail}


def with_row(row: DetailRow) -> Rows:
    return {**DETAILS, row.detail: row}


def changed(place: str, answer: str, **more: object) -> Mapping[str, Flow]:
    """Our dialogues, with one answer changed in every form that it has."""
    dialogue, _, name = place.partition(".")
    flow = FLOWS[dialogue]
    state = flow.state(name)
    answers = tuple(
        replace(one, **more) if one.name == answer else one  # type: ignore[arg-type] # any field
        for one in state.answers
    )
    return with_state(flow, replace(state, answers=answers))


def with_state(flow: Flow, state: State) -> Mapping[str, Flow]:
    states = tuple(state if one.name == state.name else one for one in flow.states)
    return {**FLOWS, flow.id: replace(flow, states=states)}


def given(detail: str) -> Callable[[str], DetailGiven]:
    """What is typed becomes a detail of this name."""
    return partial(DetailGiven, cast("Detail", detail))


def a_new_question(records: object) -> Mapping[str, Flow]:
    """A parent is asked for a second thing behind the name."""
    holder = FLOWS["holder"]
    named = holder.state("ask_name")
    typed = Answer(GIVEN, None, to="ask_relation", records=records)  # type: ignore[arg-type] # any record
    ask = State(
        "ask_address",
        says=(msg("holder.ask_address"),),
        asks_for=Input.TEXT,
        answers=(typed,),
    )
    onward = replace(named, answers=(replace(named.answers[0], to="ask_address"),))
    states = tuple(onward if one is named else one for one in holder.states)
    return {**FLOWS, "holder": replace(holder, states=(*states, ask))}


def test_each_detail_that_is_asked_for_is_shown_and_the_other_way_round() -> None:
    assert problems(FLOWS, KNOWN) == ()
    assert set(DETAILS) == set(Detail), "each has a row"


def test_an_answer_that_no_row_tells_of_is_a_fault() -> None:
    """Of whoever adds a question, before anybody is asked it."""
    flows = a_new_question(given("address"))
    assert only(problems(flows, KNOWN)) == (
        "holder.ask_address: the answer is kept as 'address', and "
        "flows/rules/details.py has "
        "no row for that. Add one that says of whom it is asked and where it is shown, "
        "or do not ask."
    )


def test_an_answer_that_is_sealed_and_shown_to_nobody_is_a_fault() -> None:
    hidden = replace(DETAILS[Detail.TIMES], summary=None, card=None)
    assert only(problems(FLOWS, KNOWN, with_row(hidden))) == (
        "times: it is asked for at intake.ask_times, and shown to nobody. Give its row "
        "in flows/rules/details.py a line of the summary or the card, or a text that "
        "tells "
        "it, or do not ask."
    )


_TIMES = DETAILS[Detail.TIMES]


@pytest.mark.parametrize(
    ("missing", "half"),
    [
        ("summary", replace(_TIMES, summary=None)),
        ("card", replace(_TIMES, card=None)),
    ],
)
def test_who_reads_their_answers_over_reads_what_the_mediator_reads(
    missing: str, half: DetailRow
) -> None:
    assert only(problems(FLOWS, KNOWN, with_row(half))) == (
        f"times: its row in flows/rules/details.py has no line of the {missing}. Who "
        "reads their answers over before a yes reads what the mediator reads: give it "
        "one."
    )


def test_what_is_typed_and_kept_nowhere_is_a_fault() -> None:
    assert only(problems(a_new_question(()), KNOWN)) == (
        "holder.ask_address: what is typed here is no detail of "
        "flows/rules/details.py. Keep "
        "it as one (DetailGiven), or do not ask."
    )


def test_a_detail_that_is_shown_and_never_asked_for_is_a_fault() -> None:
    support = FLOWS["intake"].state("ask_support")
    silent = tuple(replace(one, records=()) for one in support.answers)
    flows = with_state(FLOWS["intake"], replace(support, answers=silent))
    assert only(problems(flows, KNOWN)) == (
        "support: flows/rules/details.py shows it, and no dialogue asks for it. Ask "
        "for it, "
        "or take its row away."
    )


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("place", ["summary", "card", "news"])
def test_a_row_without_its_text_is_a_fault(place: str, language: str) -> None:
    gone = getattr(DETAILS[Detail.PHONE], place)
    known = {**KNOWN, language: KNOWN[language] - {gone}}
    assert only(problems(FLOWS, known)) == (
        f"phone: its text {gone} does not exist in {language}. Write it in "
        f"locales/{language}/{gone.partition('.')[0]}.po."
    )


def test_a_button_that_keeps_what_no_words_tell_is_a_fault() -> None:
    records = DetailGiven(Detail.ACCESS, "perhaps")
    assert only(
        problems(changed("intake.ask_access", "no", records=records), KNOWN)
    ) == (
        "intake.ask_access: a button keeps 'perhaps' as access, and "
        "flows/rules/details.py "
        "has no words for that. Add them to the choices of its row, or name it as "
        "hidden."
    )


def test_a_question_that_wants_another_form_than_its_row_is_a_fault() -> None:
    intake = FLOWS["intake"]
    asks = replace(intake.state("ask_times"), asks_for=Input.TEXT)
    assert only(problems(with_state(intake, asks), KNOWN)) == (
        "intake.ask_times: it asks for a text, and flows/rules/details.py says that "
        "times is "
        "a times. Let both say the same."
    )


def test_what_tells_that_others_were_asked_for_cannot_be_left_out() -> None:
    """Else the card says "not yet asked" of what somebody did not want to say."""
    flows = changed("intake.ask_access", "no", records=DetailSkipped(Detail.ACCESS))
    assert only(problems(flows, KNOWN)) == (
        "access: flows/rules/details.py takes it for an answer that nobody leaves "
        "out, and a "
        "button leaves it out. Take the button away, or settle by another one."
    )


def test_a_child_is_not_asked_for_a_number_by_mistake() -> None:
    """Under 15 the question for a number is not reached, whatever is answered."""
    flows = changed("intake.ask_name", "skip", to="ask_phone")
    assert problems(flows, KNOWN) == tuple(
        f"{detail}: a party under 15 is asked for it, and flows/rules/details.py "
        f"does not "
        "say so. Add that to its row, or lead them past the question."
        for detail in ("phone", "email")
    )


def test_a_row_that_names_somebody_who_is_not_asked_is_a_fault() -> None:
    row = DETAILS[Detail.EMAIL]
    more = replace(row, of=row.of | {Whom.HOLDER})
    assert only(problems(FLOWS, KNOWN, with_row(more))) == (
        "email: flows/rules/details.py says that a parent is asked for it, and "
        "nothing leads "
        "them there. Take that out of its row, or ask."
    )


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("detail", Detail)
def test_every_line_of_a_detail_tells_its_value(detail: Detail, language: str) -> None:
    """In the summary, on the card, and in the texts that name no other value."""
    row = DETAILS[detail]
    for line in filter(None, (row.summary, row.card)):
        assert CATALOGUE.needs(line, language) == VALUE, line
    for text in row.texts:
        assert len(CATALOGUE.needs(text, language)) == 1, text
    for words in row.choices.values():
        assert CATALOGUE.needs(words, language) == frozenset(), words


@pytest.mark.parametrize("detail", Detail)
def test_the_table_misses_no_row(detail: Detail) -> None:
    """A row that is taken away is missed wherever its detail is asked for."""
    faults = problems(FLOWS, KNOWN, without(detail))
    assert faults
    assert all(f"kept as {str(detail)!r}" in fault for fault in faults)
