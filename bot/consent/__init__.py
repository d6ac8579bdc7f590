"""Receipts of consents: written, shown, and looked at again."""
