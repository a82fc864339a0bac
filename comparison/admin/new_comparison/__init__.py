"""How a comparison begins that is not typed in row by row: from a table, a copy, an uploaded
folder.
"""
