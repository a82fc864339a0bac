"""One comparison: its page, and the parts of it."""
