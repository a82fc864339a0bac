"""How often one sender may do a thing, and how long it may take."""
