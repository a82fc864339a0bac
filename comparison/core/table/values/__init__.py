"""What the words of a cell or a head mean: an amount, an answer, a direction, a weight."""
