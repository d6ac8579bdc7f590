"""What must have been shown before anybody is asked to take part (requirement 3)."""

from __future__ import annotations

from flows.model import MessageId, msg

#: Both read them: what it is, that it is free and no punishment, who may take part,
#: the mediator, what the police are told, secrecy and its limit, complaint, advice.
_BY_BOTH = (
    msg("programme.explain_meeting"),
    msg("programme.explain_choice"),
    msg("programme.explain_afterwards"),
    msg("consent.explain_before"),
    msg("consent.explain_rights"),
)

BY_PARTIES = (*_BY_BOTH, msg("consent.explain_data"))

BY_HOLDERS = (
    *_BY_BOTH,
    msg("holder.explain_child"),
    msg("holder.explain_part"),
    msg("parental.explain_data"),
)

#: Texts that name the office to call, so that nobody is stopped without a human.
NAME_A_HUMAN = frozenset(
    {
        msg("human.offices"),
        msg("human.awaiting_call"),
        msg("safety.stopped"),
        msg("safety.informed"),
        msg("parental.stated"),
        msg("parental.frozen"),
        msg("closing.let_go"),
        msg("mediator.let_go"),
        msg("coordinator.let_go"),
        msg("care.explain_help"),
    }
)

#: Every text of which it is kept when, and in which language, it was shown.
RECORDED = frozenset({*BY_PARTIES, *BY_HOLDERS})


def required(*, is_holder: bool) -> tuple[MessageId, ...]:
    """List what a party or a holder must have been shown in this talk."""
    return BY_HOLDERS if is_holder else BY_PARTIES
