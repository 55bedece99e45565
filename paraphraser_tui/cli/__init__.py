"""The `paraphrase` command: data on stdout, everything else on stderr."""
