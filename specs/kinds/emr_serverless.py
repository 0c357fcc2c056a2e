"""EMRServerless: a job of an application of Amazon EMR Serverless."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, attribute
from .shapes import INTEGER_SHAPE, JSON_SHAPE, TEXT_SHAPE, map_of, structure
from .slot import Slot

_RUN = ("applicationId", "jobRunId", "name", "arn", "createdBy", "executionRole", "state", "stateDetails")

EMR_SERVERLESS = StepKind(
    "EMRServerless",
    offers=(
        attribute("JobRunId", "jobRun.jobRunId"),
        attribute("ApplicationId", "jobRun.applicationId"),
        attribute("Status", "jobRun.state", Form.TEXT),
    ),
    slots=(
        Slot("ApplicationId", name="application_id"),
        Slot("ExecutionRoleArn", name="execution_role_arn"),
        Slot("JobConfig.jobDriver.sparkSubmit.entryPoint", name="entry_point", form=Form.FILE),
        Slot("JobConfig.jobDriver.sparkSubmit.entryPointArguments[Flag=--{name}]"),
    ),
    added={"jobRun": structure({}, dict.fromkeys(_RUN, TEXT_SHAPE))},
    arguments=structure(
        {
            "ExecutionRoleArn": TEXT_SHAPE,
            "JobConfig": structure(
                {"executionRoleArn": TEXT_SHAPE, "jobDriver": JSON_SHAPE},
                {
                    "applicationId": TEXT_SHAPE,
                    "configurationOverrides": JSON_SHAPE,
                    "executionTimeoutMinutes": INTEGER_SHAPE,
                    "name": TEXT_SHAPE,
                    "tags": map_of(TEXT_SHAPE),
                },
            ),
        },
        {"ApplicationId": TEXT_SHAPE, "ApplicationConfig": JSON_SHAPE},
    ),
    exclusive=(("ApplicationId", "ApplicationConfig"),),
    one_of=(("ApplicationId", "ApplicationConfig"),),
    caches=True,
    retries=True,
    serves=True,
)
