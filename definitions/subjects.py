"""How problems of a definition speak of what they are about, and of where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..problems.codes import Code
from ..problems.problem import Location, Problem


class MakeProblem(Protocol):
    """What makes a problem of what is wrong at a place."""

    def __call__(self, code: Code, location: Location, message: str, hint: str = "", /) -> Problem:
        """Make the problem."""
        ...


@dataclass(frozen=True)
class ProblemSubject:
    """What problems speak of (`step 'Train'`), and where it stands in the definition."""

    words: str
    location: Location = ()

    def problem(self, code: Code, location: Location, message: str, hint: str = "", /) -> Problem:
        """State what is wrong at a place within the subject; the words begin with the two."""
        said = ": ".join(filter(None, (self.words, place_of(location), message)))
        return Problem(code, said, hint=hint, location=(*self.location, *location))


def place_of(location: Location) -> str:
    """Write where a value stands: `Arguments.ProcessingInputs[0].S3Input.S3Uri`.

    What stands inside an expression is said to stand where the expression does.
    """
    text = ""
    for part in location:
        if isinstance(part, str) and part.startswith("Std:"):
            break
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def no_reference(location: Location) -> tuple[Code, Location, str, str]:
    """Say that a reference cannot stand at a place, for a problem of it."""
    message = "a reference cannot stand here, where SageMaker reads a fixed value"
    return Code.MALFORMED_REFERENCE, location, message, "write the value itself"
