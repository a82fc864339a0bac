"""Models that predict, and a record of every prediction."""
