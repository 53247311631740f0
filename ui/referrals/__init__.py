"""The page つなぎ."""
