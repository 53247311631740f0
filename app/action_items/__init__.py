"""宿題: what was promised, until it is done or dropped with a reason."""
