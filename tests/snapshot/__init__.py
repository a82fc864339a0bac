"""What the site answers and how it looks, kept in a folder and compared with another: for moves
that shall change nothing.
"""
