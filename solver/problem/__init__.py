"""The constraint problem that a pipeline states."""
