"""The dialogs: each asks one thing and is dismissed with the answer, or with None."""
