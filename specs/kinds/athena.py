"""Athena: a query of Amazon Athena, whose result is a file in S3."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .service_call import ServiceCall
from .slot import Slot

ATHENA = StepKind(
    "Athena",
    offers=(*attributes("QueryExecutionId"), Offer("S3OutputLocation", Form.FILE)),
    slots=(
        Slot("QueryString", name="query(?:_string)?"),
        Slot("QueryExecutionContext.Database", name="database"),
        Slot("QueryExecutionContext.Catalog", name="catalog"),
        Slot("WorkGroup", name="work_group"),
        Slot("ResultConfiguration.OutputLocation"),
    ),
    marks=("QueryExecutionId",),
    # Its runs tell what this operation answers; that it is the one that is called, no public source says.
    calls=ServiceCall("athena", "StartQueryExecution", is_open=True),
    serves=True,
)
