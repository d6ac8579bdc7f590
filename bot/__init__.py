"""The program round the dialogues: Telegram, storage, queue and command line."""
