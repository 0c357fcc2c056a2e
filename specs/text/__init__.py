"""YAML and JSON with places: read, found, and written back."""
