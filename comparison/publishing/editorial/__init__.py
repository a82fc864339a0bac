"""What is decided about a draft or a release: whether, when, and whether no more."""
