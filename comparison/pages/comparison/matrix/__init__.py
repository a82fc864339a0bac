"""The table: its rows and columns, and each criterion's part in the margin."""
