"""The typed, frozen tree of one comparison: its schema, its names, what can be wrong with it, and
how two of them differ.
"""
