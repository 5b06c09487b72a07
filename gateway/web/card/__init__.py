"""The pages of the client card: the list of clients, the card's tabs, what ends, devices, imports."""
