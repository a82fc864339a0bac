"""What the sources say, page by page."""
