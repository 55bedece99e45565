"""Model packages: what they say of themselves, where they are, and whether they are intact."""
