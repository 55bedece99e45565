"""The document that the introduction offers, for those who have none at hand."""

from pathlib import Path

NAME = "example.md"


def example() -> str:
    """Its text, in Markdown."""
    return (Path(__file__).parent / NAME).read_text(encoding="utf-8")
