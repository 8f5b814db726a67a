"""Pages that show several floors, by reader."""
