"""Documents and whose they are."""
