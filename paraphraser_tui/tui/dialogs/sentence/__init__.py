"""Dialogs about sentences: edit them, find them, compare them."""
