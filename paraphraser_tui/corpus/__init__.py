"""Paraphrases for every row of a corpus, made by many processes or machines through Ray Data.

Only the command `paraphrase corpus` comes here; Ray itself is imported where it is used.
"""
