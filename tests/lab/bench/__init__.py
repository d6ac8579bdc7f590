"""How fast we are, beside others: one run, one table (`make bench`)."""
