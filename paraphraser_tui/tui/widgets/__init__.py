"""The parts of the review screen; none of them touches the engine, a file or the clock."""
