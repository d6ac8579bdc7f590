"""Codes of letters, as the program makes them."""

from datetime import timedelta

from bot.storage import Session, Store, links
from tests.bot.storage.house import NOON


def test_each_code_that_is_made_is_found_however_it_is_typed(store: Store) -> None:
    """With spaces some could be taken for words and numbers; none of those is made."""

    def made(session: Session) -> list[str]:
        leads = links.Leads("mediator", district="fyn")
        day = timedelta(days=1)
        return [links.make(session, store.keys, leads, NOON, day) for _ in range(200)]

    for code in store.run_now(made):
        spaced = f"{code[:4]} {code[4:8]} {code[8:]}"
        for typed in (spaced, f"koden er {spaced.lower()}", links.printed(code)):
            assert links.token_in(typed) == code
