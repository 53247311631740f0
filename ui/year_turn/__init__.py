"""年度替わり: in April every member organisation is asked who speaks for it."""
