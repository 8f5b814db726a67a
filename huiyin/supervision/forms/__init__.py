"""What people type in supervision, by area."""
