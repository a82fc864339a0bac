"""What is published, kept beside the database: a file for each release, and an index of them. All
that readers get comes from here, so that no reader waits for the database, or misses it.
"""
