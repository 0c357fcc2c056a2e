"""What steps have in common that hand their work to a program of the user's and wait for its answer."""

from __future__ import annotations

from collections.abc import Mapping

from .offer import Offer
from .shapes import JSON_SHAPE, TEXT_SHAPE, ShapeBody, list_of, map_of, one_of, structure
from .slot import Slot

ANSWER: Mapping[str, ShapeBody] = {"OutputParameters": map_of(TEXT_SHAPE)}
"""The properties of such a step: the outputs that it declares, by name."""

DECLARED = list_of(
    structure({"OutputName": TEXT_SHAPE, "OutputType": one_of("String", "Integer", "Float", "Boolean")})
)
"""How it declares them."""

ANSWERS = (Offer("OutputParameters['{name}']"),)

ARGUMENTS = Slot("{name}")

PAYLOAD = JSON_SHAPE
"""The Arguments: whatever the program takes."""
