"""A table that somebody wrote, read as a comparison: what its cells say, and how it is laid out."""
