"""From the problem to its wirings, best first, and to their number."""
