"""The way from a value to its picture, for notebooks: they ask the value, which stands below what draws."""

from __future__ import annotations

from importlib import import_module


def picture_of(value: object) -> str:
    """Return a pipeline or a wiring as a picture in HTML.

    This is the one call that goes up: a value is asked for its picture, and cannot import what draws it.
    """
    drawn: str = import_module("..emitters.pictures.notebook", __package__).notebook_picture(value)
    return drawn
