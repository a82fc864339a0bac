"""Drafts become releases: read, judged, published, kept; and content files become drafts,
and back.
"""
