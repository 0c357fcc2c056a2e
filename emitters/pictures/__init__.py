"""Drawings of a wired pipeline."""
