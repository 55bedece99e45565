"""The screen of a review, and what its keys do."""
