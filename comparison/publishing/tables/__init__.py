"""Tables in whatever they come: one reader for every door, and the draft that a table becomes."""
