"""つなぎ（紹介）: counts per month from organisation to organisation, never a person's name."""
