"""How secrets are kept so that only who has a master key can read them: keys, seals, one-time codes."""
