"""Everything that the database holds, in one file, and back, into either kind of database."""
