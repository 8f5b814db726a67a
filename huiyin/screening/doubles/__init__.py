"""Doubles (重): rows that are one person, found by rules, vetoes and a trained score."""
