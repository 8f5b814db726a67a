"""Pages of supervision, by area."""
