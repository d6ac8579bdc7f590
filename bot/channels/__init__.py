"""What people write by: one package for each messenger."""
