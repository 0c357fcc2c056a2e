"""Every code that a problem may have: its name, what it means, and how grave it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

Severity = Literal["error", "warning", "note"]
"""How grave a problem is: what has to be mended, may be meant, or is sound and could be better."""


class Code(StrEnum):
    """A stable code; `meaning` says in a few words what it stands for, a page of `problems/pages` more.

    1xx are documents, 2xx wirings that there are not, 3xx wirings to look at, 4xx definitions and their runs,
    5xx what was agreed, 6xx deployments.
    """

    meaning: str
    severity: Severity

    def __new__(cls, value: str, meaning: str = "", severity: Severity = "error") -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        code.severity = severity
        return code

    UNKNOWN_CODE = "SW100", "no problem has this code"
    UNREADABLE = "SW101", "the file cannot be read"
    DUPLICATE_KEY = "SW102", "a key is given twice"
    UNKNOWN_KEY = "SW103", "a key is not known"
    WRONG_VALUE = "SW104", "a value is of the wrong kind"
    MISSING_KEY = "SW105", "a key is missing"
    BAD_NAME = "SW106", "a name cannot stand here"
    DANGLING = "SW107", "a name leads nowhere"
    TOO_LARGE = "SW108", "the document is too large"
    UNKNOWN_TYPE = "SW109", "a type is not known"
    CONTRADICTION = "SW110", "two things that are said contradict each other"
    UNKNOWN_KIND = "SW111", "the kind of a step is not known", "warning"
    UNCHANGEABLE = "SW112", "the change cannot be made in the document"
    OUTSIDE = "SW113", "a path leads out of the document's folder"

    NO_SOURCE = "SW201", "nothing can supply a dependency"
    CONFLICT = "SW202", "needs that cannot hold together"
    BROKEN_PIN = "SW203", "a pin breaks a rule"
    TOO_FEW_SOURCES = "SW204", "too few outputs for the dependencies that need them"
    CIRCLE = "SW205", "the steps would run in a circle"
    BOTH_SIDES = "SW206", "a step would need both sides of a condition"
    NO_COMMON_PRODUCER = "SW207", "a same_source group has no common producer"
    NO_REPAIR = "SW208", "there is no such repair"

    AMBIGUOUS = "SW301", "another source would do almost as well", "warning"
    TIED = "SW302", "several wirings are equally good"
    LIMIT = "SW303", "a limit was reached"
    CONDITIONAL = "SW304", "a step takes from one side of a condition", "warning"
    IDLE_OUTPUT = "SW305", "an output that nothing uses", "warning"
    IDLE_STEP = "SW306", "a step that nothing needs", "warning"
    IDLE_INPUT = "SW307", "an input that nothing uses", "warning"
    UNLISTED = "SW308", "no source is what compatible_sources names", "warning"
    MISSPELT_SOURCE = "SW309", "compatible_sources has a name that may be misspelt", "warning"
    SHARED = "SW310", "two dependencies of a step take the same output", "warning"

    UNKNOWN_STEP = "SW401", "a reference names a step that is not there"
    UNKNOWN_PARAMETER = "SW402", "a reference names a parameter that is not there"
    UNKNOWN_PROPERTY_FILE = "SW403", "a reference names a property file that is not there"
    UNKNOWN_OUTPUT = "SW404", "a reference names an output that is not there"
    MALFORMED_REFERENCE = "SW405", "a reference has not the form of one"
    CYCLE = "SW406", "the steps of a definition need each other in a circle"
    STEP_NAME = "SW407", "the name of a step is not one that SageMaker takes"
    MALFORMED_DEFINITION = "SW408", "the definition is malformed"
    LARGE_DEFINITION = "SW409", "the definition is too large to be sent as it is", "warning"
    NO_SUCH_PARAMETER = "SW410", "a value is given for a parameter that there is not"
    NO_PARAMETER_VALUE = "SW411", "a parameter has no value"
    PARAMETER_TYPE = "SW412", "a value is not of its parameter's type"
    REQUEST_SHAPE = "SW420", "a request has not the form that SageMaker wants"
    REQUEST_VALUE = "SW421", "a value of a request is past a limit"
    PROPERTY_PATH = "SW422", "a property path leads to nothing"
    PIPELINE_LIMIT = "SW423", "the pipeline itself is not one that SageMaker takes"
    DEFAULT_REFUSED = "SW424", "a default is refused where the parameter stands", "note"
    UNKNOWN_STEP_TYPE = "SW425", "SageMaker has no such type of step"
    CONTAINER_PATH = "SW426", "a path in a container belongs to no port"
    HIDDEN_ORDER = "SW427", "a path in S3 hides that one step needs another", "warning"
    NO_BASELINE = "SW428", "a check has no baseline to be held against", "warning"
    CACHE_DEFEATED = "SW429", "a text that is always another defeats a cache", "note"
    NOT_IN_SDK = "SW430", "the SageMaker SDK has no object for this"
    UNKNOWN_SETTING = "SW431", "a setting is not known"
    UNUSABLE_CODE = "SW432", "the code of a step cannot be taken"
    KIND_NOT_EMITTED = "SW433", "a kind of step cannot be emitted"
    NO_PLACE = "SW434", "something has no place in the request"
    INCOMPLETE = "SW435", "something is missing that a definition needs"
    NAME_DIFFERS = "SW436", "a builder names its step otherwise"
    WRONG_FORM = "SW437", "a value has not the form that its place wants"
    WRONG_SETTING = "SW438", "a setting has a wrong value"
    UNKNOWN_END = "SW439", "whether a folder's address ends in '/' is not known", "warning"
    KIND_NOT_RUN = "SW440", "a kind of step does not run on this machine"
    NO_PROGRAM = "SW441", "the program of a step is inside an image"
    NOT_RUNNABLE = "SW442", "a request is malformed, and so cannot run"
    NO_ASSET = "SW443", "a file that the run needs is not there"
    VALUE_OF_FILE = "SW444", "a value out of a file may be no text", "note"
    STEP_FAILED = "SW451", "a step failed while running"

    NO_LOCK = "SW501", "there is no lock"
    LOCK_UNREADABLE = "SW502", "the lock cannot be read"
    LOCK_IN_CONFLICT = "SW503", "the lock holds a merge conflict"
    LOCK_FORMAT = "SW504", "the lock has another format"
    LOCK_EDITED = "SW505", "the lock was edited by hand"
    LOCK_OF_ANOTHER = "SW506", "the lock is of another pipeline"
    WIRING_MOVED = "SW511", "the solver would choose otherwise"
    DOCUMENT_CHANGED = "SW512", "the document has changed since it was locked"
    SPEC_CHANGED = "SW513", "a specification has changed since it was locked"
    LOCK_NOT_VALID = "SW514", "the locked wiring is not valid any more"
    BAD_REVISION = "SW521", "git does not know the revision"
    NOT_IN_REVISION = "SW522", "the revision does not hold the file"
    NOT_COMPARABLE = "SW523", "a lock and a definition cannot be compared"
    NO_DOCUMENT = "SW531", "the document of a spec set is not there"
    SAME_NAME = "SW532", "two tests have one name"
    LEADS_NOWHERE = "SW533", "a test speaks of what is not there"
    NO_COLUMN = "SW534", "a test has no such column"
    OTHER_SOURCE = "SW541", "a dependency takes another source than agreed"
    OTHER_UNIQUENESS = "SW542", "the best wiring is not unique, or is"
    OTHER_COUNT = "SW543", "the number of wirings is another"
    OTHER_AMBIGUITY = "SW544", "other dependencies are ambiguous than agreed"
    OTHER_OUTCOME = "SW545", "a pipeline is wired, or fails, otherwise than agreed"
    OTHER_WORDS = "SW546", "an explanation does not say what it should"
    OTHER_WARNINGS = "SW547", "there are other warnings than agreed, or other idle parts"
    OTHER_REFUSAL = "SW548", "a definition is refused otherwise than agreed"
    SNAPSHOT_DIFFERS = "SW551", "a definition is not the one in its snapshot"
    NO_SNAPSHOT = "SW552", "there is no snapshot"
    SNAPSHOT_UNUSED = "SW553", "nothing uses a snapshot"
    SNAPSHOT_UNREADABLE = "SW554", "a snapshot cannot be read"

    NO_CREDENTIALS = "SW601", "AWS does not know who asks"
    NO_REGION = "SW602", "no AWS region is known"
    DENIED = "SW603", "a permission is missing"
    NO_ANSWER = "SW604", "AWS did not answer"
    NO_BUCKET = "SW605", "a bucket is not there"
    AWS_REFUSED = "SW606", "AWS refused a request"
    BAD_ROLE = "SW607", "a role is missing, or is no ARN"
    NOT_OURS = "SW611", "the name is taken by a pipeline that stepwire did not deploy"
    MOVED_ON = "SW612", "what is deployed is not what was planned against"
    BAD_PLAN = "SW613", "a plan cannot be used"
    NOT_DEPLOYED = "SW614", "there is no such pipeline"
    EXECUTION_FAILED = "SW621", "an execution did not succeed"
