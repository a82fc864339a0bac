"""How spellings are read: numbers, units, days, and which characters a text may hold."""
