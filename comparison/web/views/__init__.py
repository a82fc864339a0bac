"""One function for each address."""
