"""The demonstration city: Lanzhou's shape, invented people, one and a half years of real steps."""
