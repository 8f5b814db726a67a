"""What shows several floors at once: landing pages, the trace, the overview, open data."""
