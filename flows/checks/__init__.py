"""What proves the dialogues: nothing here runs while people are served."""
