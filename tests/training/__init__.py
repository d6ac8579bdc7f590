"""The training of the models that hear a stop in somebody's own words."""
