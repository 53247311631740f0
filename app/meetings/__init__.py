"""会議: from the notice to the minutes, and nothing forgotten in between."""
