"""Folders of files to drafts, and releases to folders."""
