"""Pages by reader: residents, the desk, deputies."""
