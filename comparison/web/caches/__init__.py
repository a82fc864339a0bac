"""What is kept of answers: in memory, in the catalogue, in browsers and shared caches."""
