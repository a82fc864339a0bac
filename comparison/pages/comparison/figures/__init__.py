"""What was measured, and how many times more it is."""
