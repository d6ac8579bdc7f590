"""One incoming message or tap after the other, each a turn in one transaction."""
