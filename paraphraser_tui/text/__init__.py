"""Pure functions on strings: nothing here reads files, loads models or prints."""
