"""Long proofs of what runs on this machine guarantee; the suite takes a small share of each."""
