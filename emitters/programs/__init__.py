"""Programs that the steps of a definition run in their containers: each stands alone."""
