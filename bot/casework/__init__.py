"""What a coordinator does to cases and staff, as plain functions of one transaction."""

from bot.casework.assigning import assign
from bot.casework.card import card
from bot.casework.check_data import confirm_key_copy, note_key_change, open_points
from bot.casework.check_settings import settings_points
from bot.casework.codes import NewCode, give_code
from bot.casework.ending import end_case
from bot.casework.inviting import new_parent_letter, would_be_let_go
from bot.casework.letting_go import Loss, would_lose_place
from bot.casework.linking import Letter, new_letter
from bot.casework.no_authority import NoAuthority, deny_authority, would_deny
from bot.casework.opening import Opening, open_case
from bot.casework.overview import listed, queue, shown
from bot.casework.parents import ToldByHolder, tell_of_holder
from bot.casework.parties import Told, WrittenDown, tell
from bot.casework.recording import Statement, reconfirm, record, to_reconfirm, words_for
from bot.casework.refusals import NothingOpen, Refused
from bot.casework.roster import (
    WITHOUT_MEDIATOR,
    Removal,
    invite,
    members,
    remove,
    would_remove,
)
from bot.casework.settling import Settled, clear, clear_all, would_clear_all
from bot.casework.verifying import Verification, verify

__all__ = [
    "WITHOUT_MEDIATOR",
    "Letter",
    "Loss",
    "NewCode",
    "NoAuthority",
    "NothingOpen",
    "Opening",
    "Refused",
    "Removal",
    "Settled",
    "Statement",
    "Told",
    "ToldByHolder",
    "Verification",
    "WrittenDown",
    "assign",
    "card",
    "clear",
    "clear_all",
    "confirm_key_copy",
    "deny_authority",
    "end_case",
    "give_code",
    "invite",
    "listed",
    "members",
    "new_letter",
    "new_parent_letter",
    "note_key_change",
    "open_case",
    "open_points",
    "queue",
    "reconfirm",
    "record",
    "remove",
    "settings_points",
    "shown",
    "tell",
    "tell_of_holder",
    "to_reconfirm",
    "verify",
    "words_for",
    "would_be_let_go",
    "would_clear_all",
    "would_deny",
    "would_lose_place",
    "would_remove",
]
