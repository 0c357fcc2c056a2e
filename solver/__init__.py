"""From a pipeline to all of its valid wirings, best first, or to the reason why there are none."""
