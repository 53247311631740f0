"""つながりの地図: who is connected with whom in a year, by meetings, collaborations and referrals."""
