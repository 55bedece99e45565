"""What a person fixed in files or in the environment, and where each value came from."""
