"""What steps have in common that hand their work to a program of the user's and wait for its answer."""

from __future__ import annotations

from collections.abc import Mapping

from .offer import Offer
from .shapes import DOCUMENT, TEXT, Shape, list_of, map_of, one_of, structure
from .slot import Slot

ANSWER: Mapping[str, Shape] = {"OutputParameters": map_of(TEXT)}
"""The properties of such a step: the outputs that it declares, by name."""

DECLARED = list_of(
    structure({"OutputName": TEXT, "OutputType": one_of("String", "Integer", "Float", "Boolean")})
)
"""How it declares them."""

ANSWERS = (Offer("OutputParameters['{name}']"),)

ARGUMENTS = Slot("{name}")

PAYLOAD = DOCUMENT
"""The Arguments: whatever the program takes."""
