"""What an editor sees first: the drafts, what is to be done about them, and all kinds of rows."""
