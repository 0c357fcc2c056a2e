"""What has changed between two states of a pipeline: locks, and the semantic difference."""
