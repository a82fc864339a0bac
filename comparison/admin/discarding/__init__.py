"""A draft back to what a release says, or gone: each is asked first, with what is lost in words."""
