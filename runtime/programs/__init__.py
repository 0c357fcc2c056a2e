"""Programs that run as steps, in the user's interpreter: each stands alone, and is copied to its step."""
