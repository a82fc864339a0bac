"""Which address is meant, and which takes a form."""
