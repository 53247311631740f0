"""指針・計画: drafts and their rules, and the files that plans are read from."""
