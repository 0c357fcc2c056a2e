"""What would mend a pipeline: remedies, each tried, and put together to repairs."""
