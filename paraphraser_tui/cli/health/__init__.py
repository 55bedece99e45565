"""What works on this machine and what does not, for `paraphrase doctor`."""
