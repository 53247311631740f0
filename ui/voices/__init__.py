"""The page 養育者の声."""
