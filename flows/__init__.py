"""What may be said and decided in the chat: pure, without clock, words or rows."""

from flows.dialogues.arrival import ARRIVAL
from flows.dialogues.closing import CLOSING
from flows.dialogues.consent import CONSENT
from flows.dialogues.coordinator import COORDINATOR
from flows.dialogues.human import HUMAN
from flows.dialogues.intake import INTAKE
from flows.dialogues.language import LANGUAGE
from flows.dialogues.mediator import MEDIATOR
from flows.dialogues.offer import OFFER
from flows.dialogues.programme import PROGRAMME
from flows.dialogues.referral import REFERRAL
from flows.dialogues.topics import TOPICS

#: Every dialogue, in the order in which a person may meet them.
FLOWS = {
    flow.id: flow
    for flow in (
        ARRIVAL,
        LANGUAGE,
        PROGRAMME,
        TOPICS,
        OFFER,
        INTAKE,
        CONSENT,
        HUMAN,
        REFERRAL,
        CLOSING,
        MEDIATOR,
        COORDINATOR,
    )
}
