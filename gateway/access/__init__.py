"""Who may come in: staff and their sessions, tokens, and clients' devices."""
