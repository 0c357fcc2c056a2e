"""What every value of a document is: a model that cannot change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..problems.errors import SpecificationError
from ..problems.validation import problems_of


class Frozen(BaseModel):
    """A value that cannot change, raises SpecificationError when it cannot stand, and knows no other keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,  # a document has few of the parts that it might have
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SpecificationError(problems_of(error, type(self))) from None

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show what differs from what there is without being said."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value != field.get_default(call_default_factory=True) or field.is_required():
                yield name, value

    # Without this mark, pydantic would call __init__ for nested values too and lose their place.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]
