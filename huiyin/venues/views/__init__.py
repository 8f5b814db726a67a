"""Pages of homes and stations, by reader."""
