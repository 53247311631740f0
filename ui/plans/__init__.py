"""指針: plans as trees that people read, edit, order, take in and write out."""
