"""The police districts of Denmark, in which the programme is offered."""

#: Ids only; their names are texts. From north-west to south-east.
DISTRICTS = (
    "nordjylland",
    "oestjylland",
    "midt_og_vestjylland",
    "sydoestjylland",
    "syd_og_soenderjylland",
    "fyn",
    "sydsjaelland_og_lolland_falster",
    "midt_og_vestsjaelland",
    "nordsjaelland",
    "koebenhavns_vestegn",
    "koebenhavn",
    "bornholm",
)
