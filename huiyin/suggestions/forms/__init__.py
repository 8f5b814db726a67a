"""Shape and validity of what people fill in; nothing is saved here."""
