"""連携した取組: what organisations do together, from its occasion to the look-back."""
