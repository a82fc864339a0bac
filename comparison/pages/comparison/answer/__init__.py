"""The panel: who is recommended, how firmly, and what would change it."""
