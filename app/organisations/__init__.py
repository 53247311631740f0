"""会員団体 and their people: rules, reads, writes."""
