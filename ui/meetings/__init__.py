"""The page 会議: the plan of the year, and each meeting from its preparation to what follows it."""
