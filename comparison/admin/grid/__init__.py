"""The matrix of a draft as one table that is edited like a spreadsheet."""
