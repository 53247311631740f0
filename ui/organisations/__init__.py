"""会員団体: the list of organisations, the chosen one beside it, and its people."""
