"""Intake of files that people bring: read apart, checked as a whole, taken entirely or not at all."""
