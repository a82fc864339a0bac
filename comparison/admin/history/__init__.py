"""Who changed what in a draft, and who is at it now."""
