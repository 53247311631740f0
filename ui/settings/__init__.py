"""What the office and the person have chosen."""
