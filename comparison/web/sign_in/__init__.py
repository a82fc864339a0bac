"""Who may come in: passwords, the second factor, sessions, and the first administrator's link."""
