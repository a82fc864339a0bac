"""A draft: read, written, kept, shown with its problems, and set back."""
