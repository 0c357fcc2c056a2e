"""Requests of steps, completed: a file for each kind."""
