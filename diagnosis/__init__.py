"""Why a pipeline is wired as it is, or is not wired, and what would mend it: data first, words last."""
