"""Rows → Report, one file per report."""
