"""What the standing committee does over many suggestions and units in a year."""
