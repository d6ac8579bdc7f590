"""The command `case code`: a new way back into a chat, or on to another account."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.addressing import LinkWriter
from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, link_of, opened, told
from bot.cli.options import AsJson, By, Reference
from bot.cli.person import InTheChat, Of, meant
from bot.cli.printing import say, say_json
from bot.offline_words import Delivery

if TYPE_CHECKING:
    from bot.casework import Letter, NewCode

_HOW = "How you give it to them; make sure first that it is them."
_NEW_ACCOUNT = "Move them to another Telegram account; the old chat is cut off."


def code(  # noqa: PLR0913 - each of them stands in the log
    reference: Reference,
    *,
    who: InTheChat,
    how: Annotated[Delivery, typer.Option(help=_HOW)],
    by: By,
    of: Of = None,
    new_account: Annotated[
        bool, typer.Option("--new-account", help=_NEW_ACCOUNT)
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give somebody a new code that opens their chat; earlier codes become void.

    Their answers stay, and so does every yes. With --new-account the command makes a
    link for another account. Once it is accepted there, the old chat is cut off, what
    they told about themselves moves along, and they say each yes again. This cannot be
    undone; at a terminal the command asks first.
    """
    from bot import casework

    person, caution = meant(who, of=of), Caution(yes, dry_run, as_json)
    wanted = casework.NewCode(
        person.who, how, by, person.of, is_for_new_account=new_account
    )
    with opened() as desk:
        link, days = link_of(desk), desk.settings.link_days
        _ask_before(reference, wanted, caution)
        case, given = do(desk, casework.give_code, reference, wanted, days)
    if as_json:
        say_json({"case": case.reference, **_given(given, wanted, link)})
        return
    say(f"A new code for {person} in case {case.reference}; earlier ones are void.")
    say(_printed(given, wanted, link))


def _ask_before(reference: str, wanted: "NewCode", caution: Caution) -> None:
    """Let somebody at a terminal agree that an account loses its place."""
    if not wanted.is_for_new_account:
        caution.tell(
            f"{wanted.who} in case {reference} gets a new code; earlier ones open "
            "nothing any more."
        )
        return
    caution.ask(
        f"Whoever opens the new link and accepts it is {wanted.who} in case "
        f"{reference} from then on. The old chat loses the place, and each yes has "
        "to be said again.",
        "Have you made sure that it is them?",
    )


def _given(
    given: "Letter", wanted: "NewCode", link: LinkWriter
) -> dict[str, str | bool | None]:
    from bot.storage.links import printed

    valid = f"{given.expires_at:%Y-%m-%d}" if wanted.is_for_new_account else None
    return {
        "who": str(wanted.who),
        "code": printed(given.token),
        "link": link(given.token),
        "how": wanted.how,
        "new_account": wanted.is_for_new_account,
        "valid_until": valid,
    }


def _printed(given: "Letter", wanted: "NewCode", link: LinkWriter) -> str:
    """Write the code; only a link for a new account runs out."""
    from bot.storage.links import printed

    if wanted.is_for_new_account:
        return told(link, given.token, given.expires_at)
    return f"  {link(given.token)}\n  to type in the chat: {printed(given.token)}"
