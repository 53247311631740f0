"""到達イメージ and how far they have come: rules, reads, writes."""
