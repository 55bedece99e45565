"""The `paraphraser-tui` command: review a document in the terminal."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    from .main import main as run  # what it imports must not slow `import paraphraser_tui.tui`

    return run(arguments)
