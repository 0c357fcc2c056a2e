"""Changes of a pipeline, in its model and in its text."""
