"""What is known before anything is searched: propagation, and independent components."""
