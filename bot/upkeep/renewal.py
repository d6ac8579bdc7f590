"""Bring talks that stand in an earlier version of a dialogue into the present one."""

import logging
from typing import Final

from bot.chat.notices import tell
from bot.chat.post import Post
from bot.errors import ProgramOutdated
from bot.queue.standing import settle
from bot.storage import Session, cases, records, talks
from bot.storage.tables import Case, Holder, Party, Talk
from flows import FLOWS
from flows.versions import MOVES, Moves, renewed

#: With this before its id the database keeps the newest version of each dialogue.
_VERSION_OF: Final = "dialogue "

_log = logging.getLogger(__name__)


def note_versions(session: Session) -> None:
    """Keep the newest versions of the dialogues in which talks may stand.

    Raises:
        ProgramOutdated: a program with newer ones was here.
    """
    refuse_newer(session)
    ours = {name: str(version) for name, version in _ours().items()}
    records.set_metas(session, ours)


def refuse_newer(session: Session) -> None:
    """Refuse to serve where a newer version of the program has served.

    Raises:
        ProgramOutdated: a program with newer dialogues was here; this one would not
            know where its talks stand.
    """
    ours = _ours()
    kept = records.metas(session, ours)
    newer = [name for name in ours if int(kept.get(name, 0)) > ours[name]]
    if newer:
        raise ProgramOutdated(
            "A newer version of the program has served this database, and this one "
            f"does not know its dialogues ({', '.join(sorted(newer))}): start the "
            "newer version, or restore the backup that was made before it."
        )


def _ours() -> dict[str, int]:
    return {_VERSION_OF + flow.id: flow.version for flow in FLOWS.values()}


def renew(post: Post, moves: Moves = MOVES) -> int:
    """Move every talk of an old version and count them; at start, before any turn.

    Raises:
        NoMove: nobody has said where a version goes on.
    """
    versions = {flow.id: flow.version for flow in FLOWS.values()}
    moved = talks.behind(post.session, versions)
    for talk in moved:
        _renew(post, talk, moves)
    if moved:
        _log.info("%s talks were brought into new versions of dialogues.", len(moved))
    return len(moved)


def _renew(post: Post, talk: Talk, moves: Moves) -> None:
    stood = f"{talk.dialogue}.{talk.state} {talk.version}"
    position = renewed(FLOWS, talks.position(talk), talk.version, moves)
    talks.put(talk, position, post.at)
    who, case = _speaker(post.session, talk)
    note = f"from {stood} to {talk.dialogue}.{talk.state}"
    records.audit(post.session, "system", "talk renewed", case, post.at, note)
    if case is None or cases.is_final(case):
        return
    settle(post, case)
    if who is not None:
        tell(post, who, "notice.renewed")


def _speaker(session: Session, talk: Talk) -> tuple[Party | Holder | None, Case | None]:
    """Find who speaks in a talk, for a party or as a holder, and their case."""
    holder = session.get(Holder, talk.holder_id) if talk.holder_id else None
    party_id = holder.party_id if holder else talk.party_id
    party = session.get(Party, party_id) if party_id else None
    return holder or party, session.get(Case, party.case_id) if party else None
