"""What cannot hold together, and what would lift it."""
