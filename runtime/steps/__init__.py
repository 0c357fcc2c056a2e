"""What a step does here: a file for each kind."""
