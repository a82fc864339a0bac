"""What comes in: one reader for each way in which a table is written."""
