"""One machine, everything embedded: private servers, the services, their secrets, all under `.run/`."""
