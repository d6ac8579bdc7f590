"""What may be said and decided in the chat: pure, without clock, words or rows."""

from flows.dialogues.arrival import ARRIVAL
from flows.dialogues.care import CARE
from flows.dialogues.child import CHILD
from flows.dialogues.closing import CLOSING
from flows.dialogues.consent import CONSENT
from flows.dialogues.coordinator import COORDINATOR
from flows.dialogues.doubt import DOUBT
from flows.dialogues.holder import HOLDER
from flows.dialogues.human import HUMAN
from flows.dialogues.intake import INTAKE
from flows.dialogues.language import LANGUAGE
from flows.dialogues.mediator import MEDIATOR
from flows.dialogues.number import NUMBER
from flows.dialogues.offer import OFFER
from flows.dialogues.parental import PARENTAL
from flows.dialogues.programme import PROGRAMME
from flows.dialogues.referral import REFERRAL
from flows.dialogues.safety import SAFETY
from flows.dialogues.stopping import STOPPING
from flows.dialogues.topics import TOPICS
from flows.dialogues.understanding import UNDERSTANDING
from flows.dialogues.word import WORD

#: Every dialogue, in the order in which a person may meet them.
FLOWS = {
    flow.id: flow
    for flow in (
        ARRIVAL,
        LANGUAGE,
        WORD,
        PROGRAMME,
        TOPICS,
        OFFER,
        SAFETY,
        CARE,
        STOPPING,
        DOUBT,
        CHILD,
        INTAKE,
        CONSENT,
        UNDERSTANDING,
        NUMBER,
        HOLDER,
        PARENTAL,
        HUMAN,
        REFERRAL,
        CLOSING,
        MEDIATOR,
        COORDINATOR,
    )
}
