"""What the secretariat knows and does: rules, reads and writes; no Qt, no file formats."""
