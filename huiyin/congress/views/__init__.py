"""Pages of congresses and their people, by reader."""
