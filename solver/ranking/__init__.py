"""How well a source fits a dependency, as integer evidence."""
