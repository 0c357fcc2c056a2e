"""Regression tests of wirings: sets of a document, variations of it, and what is expected of each."""
