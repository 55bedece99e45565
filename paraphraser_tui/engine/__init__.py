"""Sentence in, ranked paraphrases out."""
