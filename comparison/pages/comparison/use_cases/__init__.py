"""The use cases: who leads in each, and who advises what."""
