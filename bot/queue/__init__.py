"""The mediator queue: where a case stands, who takes it, what they are handed."""
