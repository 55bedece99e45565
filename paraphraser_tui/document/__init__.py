"""Whole documents: their prose out, paraphrases back in."""
