"""Django's SQLite, less what is dangerous for a site that runs."""
