"""養育者の声: received, put on an agenda, reflected, answered."""
