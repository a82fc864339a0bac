"""What an administrator sees: health, the log, reports of errors."""
