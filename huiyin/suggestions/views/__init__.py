"""The pages of suggestions, by reader."""
