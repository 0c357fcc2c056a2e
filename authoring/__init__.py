"""Pipelines made in Python, step by step."""
