"""Loads what a query finds: in Athena, in Redshift, in the offline store of the SageMaker Feature Store.

SageMaker asks the query before the job starts, and leaves the answer as Parquet files in the container.
Source: DatasetDefinition of CreateProcessingJob.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from .common_ports import LOADED, setting

_PLACE = "ProcessingInputs[InputName=dataset].DatasetDefinition"


def _defaults(definition: str, members: Mapping[str, object]) -> StepDefaults:
    dataset = {definition: {"OutputFormat": "PARQUET", **members}}
    return StepDefaults(
        script="load_table.py",
        arguments={
            "source": "/opt/ml/processing/input/dataset",
            "output": "/opt/ml/processing/output/raw_data",
        },
        request={"ProcessingInputs": [{"InputName": "dataset", "DatasetDefinition": dataset}]},
    )


def _loads(name: str, needs: list[DependencySpec], defaults: StepDefaults) -> StepSpecification:
    return StepSpecification(
        step_type=name,
        kind=PROCESSING.name,
        dependencies=needs,
        outputs=[LOADED],
        roles=("DataLoad",),
        defaults=defaults,
    )


_ATHENA, _REDSHIFT = "AthenaDatasetDefinition", "RedshiftDatasetDefinition"

ATHENA_LOAD_SPEC = _loads(
    "AthenaLoad",
    [
        setting("query", "the SQL text of the query", slot=f"{_PLACE}.{_ATHENA}.QueryString"),
        setting("database", "the database that it asks", slot=f"{_PLACE}.{_ATHENA}.Database"),
    ],
    _defaults(_ATHENA, {"Catalog": "AwsDataCatalog"}),
)

REDSHIFT_LOAD_SPEC = _loads(
    "RedshiftLoad",
    [
        setting("query", "the SQL text of the query", slot=f"{_PLACE}.{_REDSHIFT}.QueryString"),
        setting("cluster_id", "the cluster that it asks", slot=f"{_PLACE}.{_REDSHIFT}.ClusterId"),
        setting("database", "the database that it asks", slot=f"{_PLACE}.{_REDSHIFT}.Database"),
        setting("db_user", "the user of the database", slot=f"{_PLACE}.{_REDSHIFT}.DbUser"),
        setting(
            "cluster_role_arn",
            "the role in which Redshift writes the answer to S3",
            slot=f"{_PLACE}.{_REDSHIFT}.ClusterRoleArn",
        ),
    ],
    _defaults(_REDSHIFT, {}),
)

FEATURE_STORE_LOAD_SPEC = _loads(
    "FeatureStoreLoad",
    [
        setting(
            "query",
            "the SQL text of the query over the table of a feature group",
            slot=f"{_PLACE}.{_ATHENA}.QueryString",
        ),
    ],
    _defaults(_ATHENA, {"Catalog": "AwsDataCatalog", "Database": "sagemaker_featurestore"}),
)
