"""SLA plans: the list of them, and the editor."""
