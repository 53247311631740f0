"""The page つながりの地図."""
