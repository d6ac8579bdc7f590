"""Keys: the file, the root that it unlocks, and what each person's key seals."""
