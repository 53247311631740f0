"""到達イメージ: the matrix of outcomes and years, and the review of one of them."""
