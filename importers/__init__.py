"""What exists already becomes a document: pipeline definitions."""
