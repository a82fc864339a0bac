"""What the lists and forms of all kinds of draft rows share."""
