"""A year of one congress, walked through the actions people use."""
