"""Running a pipeline definition on this machine, without docker and without AWS."""
