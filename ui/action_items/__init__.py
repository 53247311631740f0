"""The page 宿題."""
