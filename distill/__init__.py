"""From text corpora and a teacher to a trained student directory, one resumable stage at a time."""
