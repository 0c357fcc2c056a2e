"""The words in which reports and reasons are told."""
