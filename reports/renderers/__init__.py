"""Report → file, one renderer for each format."""
