"""A lean Bot API server with people who tap: fast enough not to be what is measured."""
