"""The process that keeps the programs of a run, and the walls that each of them gets.

All but `client` runs in that process, which knows the standard library only: it starts in a few milliseconds.
"""
