"""What is known of one kind of step, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .offer import Form, Offer
from .service_call import ServiceCall
from .shapes import ShapeBody
from .slot import Slot


@dataclass(frozen=True)
class StepKind:
    """One kind of step.

    What it offers: `offers` are its properties, the first that fits an output being the default, and
    `output_type` is the type of outputs that declare none; `marks` are first members of property paths by
    which a kind is recognised when a specification does not name it.

    How a definition writes it: `type` is its Type and `metadata` the member of PipelineExecutionStepMetadata
    that tells of a run, each where that is not its name. `resource` is created by its request and described
    by its properties (`Create…`, `Describe…`); `requested` is the resource asked for where the properties
    are others; `listed` names a further operation, and `added` shapes, whose members are properties too.
    `arguments` is the shape of a request that no operation takes, `calls` the operation whose request it is
    where that creates no resource of SageMaker, `beside` the shapes of what stands beside the Arguments, of
    which `needs` are required. `nested` are the members of its Arguments that hold whole steps, `parts` the
    kinds of the several steps that one is written as, `declares` where it lists its outputs by name, `takes`
    what a step of a document may say beside its request (`code`, `env`, `arguments`).

    What the pipeline service makes of it: whether it `caches` and `retries`; `cache_keys` are the attributes
    that make a cached step run again when they change (source: the SageMaker developer guide, "Default cache
    key attributes by pipeline step type"); which members are `refused`, with the reason, though the API has
    them, and which only a parameter may give (`given`); of which groups of members it takes at most one
    (`exclusive`), and of which at least one (`one_of`). A check that is not skipped gets its baseline by one
    of `baselines`, which stand beside the Arguments. `trains` are the members of its Arguments that say
    training jobs, empty for the Arguments themselves. `in_loops` tells whether its steps may lie in a loop
    (source: the SDK). `reads` and `writes` are the places of its Arguments at which it reads from S3 and
    writes to it, `writes_below` those below which each of its jobs makes a folder of its own.

    What it is for: `stage` tells how late in a pipeline it stands: no step takes from one of a later stage;
    None for kinds that may stand anywhere. `does_any_work` is true of a kind whose steps may do anything.
    `serves` tells that it is run for what others make of its outputs; other kinds act by themselves.
    """

    name: str
    offers: tuple[Offer, ...] = (Offer("{name}"),)
    output_type: str = ""
    slots: tuple[Slot, ...] = (Slot("{name}"),)
    marks: tuple[str, ...] = ()
    type: str = ""
    metadata: str = ""
    resource: str = ""
    requested: str = ""
    listed: str = ""
    added: Mapping[str, ShapeBody] | None = None
    arguments: ShapeBody | None = None
    calls: ServiceCall | None = None
    beside: Mapping[str, ShapeBody] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    declares: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    caches: bool = False
    cache_keys: tuple[str, ...] = ()
    retries: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    trains: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    baselines: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    writes_below: tuple[str, ...] = ()
    in_loops: bool = True
    stage: int | None = None
    does_any_work: bool = False
    serves: bool = False

    @property
    def is_step_type(self) -> bool:
        """Tell whether definitions have steps of this type; some kinds are written as others."""
        return not self.type

    @property
    def written_type(self) -> str:
        """The Type of such a step in a definition."""
        return self.type or self.name

    def offer(self, name: str, type_: str, data_type: str) -> Offer | None:
        """Find the property that is an output by default; None when the kind has none for it."""
        return next((offer for offer in self.offers if offer.fits(name, type_, data_type)), None)

    def output_path(self, name: str, type_: str, data_type: str) -> str | None:
        """Write the property path that an output has when its specification gives none.

        None when the kind has no such property, or the value is no single one, such as the best model of a
        Tuning step.
        """
        offer = self.offer(name, type_, data_type)
        return f"properties.{offer.at(name)}" if offer and not offer.joined else None

    def form(self, path: str) -> Form:
        """Tell what the value at a property path is, as far as the kind's offers tell."""
        wanted = _skeleton(path.removeprefix("properties."))
        return next((offer.form for offer in self.offers if _skeleton(offer.path) == wanted), Form.ANY)

    def slot(self, name: str, type_: str, data_type: str) -> Slot | None:
        """Find the place of a dependency in this kind's request; None when the kind has none for it."""
        return next((slot for slot in self.slots if slot.fits(name, type_, data_type)), None)

    def form_wanted(self, place: str) -> Form:
        """Tell what belongs at a place of the request, as far as the kind's slots tell."""
        wanted = _skeleton(place)
        return next((slot.form for slot in self.slots if _skeleton(slot.place) == wanted), Form.ANY)


@lru_cache(maxsize=1024)
def _skeleton(path: str) -> str:
    """Write a path without what picks an item."""
    return re.sub(r"\[[^\]]*\]|\.\{\w+\}", "[]", path)
