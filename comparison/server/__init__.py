"""How requests get from the application server to Django: whose turn it is, and what was sent."""
