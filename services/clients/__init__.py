"""clients: companies, people, devices."""
