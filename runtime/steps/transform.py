"""Transform steps: a model's inference script, over all records of the input."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from ..data_records import decode_text, join, parse, select, split_lines, write
from ..errors import ReasonError
from ..manifests import find_listed
from ..process import Program, run_program
from ..registry import recorded
from ..request_models import EnvironmentName, RequestPart, S3DataType, Text, read_request, runs_here
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn, write_json
from ..store import Store
from .inference import InferenceContainer, containers_of, prepare_container

TRANSFORM_BATCH = Path(__file__).parents[1] / "programs" / "transform_batch.py"
_MEGABYTE = 2**20
_MOST_UNPACKED = 2**30
_NO_TEXT = "records are lines of text"


class TransformS3Data(RequestPart):
    """Where the records are."""

    s3_uri: Text
    s3_data_type: S3DataType = "S3Prefix"

    @property
    def is_manifest(self) -> bool:
        """Tell whether a list of files is there, rather than the files."""
        return self.s3_data_type == "ManifestFile"


class TransformDataSource(RequestPart):
    """Where the records are: S3."""

    s3_data_source: TransformS3Data


class TransformInput(RequestPart):
    """The records, and how they are told apart."""

    data_source: TransformDataSource
    content_type: Text = "text/csv"
    split_type: Annotated[Text, runs_here("None", "Line", RecordIO=_NO_TEXT, TFRecord=_NO_TEXT)] = "None"
    compression_type: Literal["None", "Gzip"] = "None"


class TransformOutput(RequestPart):
    """Where the answers go, and how they are put together."""

    s3_output_path: Text
    accept: Text = "text/csv"
    assemble_with: Literal["None", "Line"] = "None"


class DataProcessing(RequestPart):
    """What of a record the model sees, and what of record and answer is kept."""

    input_filter: Text = "$"
    output_filter: Text = "$"
    join_source: Literal["None", "Input"] = "None"


class TransformRequest(RequestPart):
    """CreateTransformJob."""

    model_name: Text
    transform_input: TransformInput
    transform_output: TransformOutput
    data_processing: DataProcessing = DataProcessing()
    batch_strategy: Literal["MultiRecord", "SingleRecord"] = "MultiRecord"
    max_payload_in_mb: int = 6
    environment: Mapping[EnvironmentName, Text] = {}


def run_transform(job: Job) -> StepOutcome:
    """Send every record through the model, and publish the answers; raises ReasonError."""
    request = read_request(TransformRequest, job.request)
    data = request.transform_input.data_source.s3_data_source
    source = data.s3_uri
    uri = request.transform_output.s3_output_path.rstrip("/")
    job.store.path(uri)  # refused before the model has run rather than after
    files = (find_listed if data.is_manifest else Store.files)(job.store, source, "its input")
    batches = {
        (name or source.rstrip("/").rpartition("/")[2]): _batches(path, request)
        for name, path in files.items()
    }
    asked = [body for name in batches for body, _ in batches[name]]
    answers = iter(_answer_all(job, request, asked))
    made = job.folder / "answers"
    published: dict[str, Path] = {}
    for name, parts in batches.items():
        place = made / f"{name}.out"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_assemble([(records, next(answers)) for _, records in parts], request))
        published[f"{name}.out"] = place
    job.store.publish(published, uri, take=True)
    arn = make_arn("transform-job", job.name)
    properties = {"TransformJobName": job.name, "TransformJobArn": arn, "TransformJobStatus": "Completed"}
    return StepOutcome(properties, {"TransformOutput": uri})


def _batches(path: Path, request: TransformRequest) -> list[tuple[bytes, list[str]]]:
    """Part a file into what is sent at a time, each with the records that it is made of."""
    if request.transform_input.split_type == "None":
        content = _read(path, request)
        whole = [content.decode("utf-8", errors="replace")]
        return [(_filtered(whole, request) if _is_filtered(request) else content, whole)]
    records = split_lines(decode_text(_read(path, request), f"its input '{path.name}'"))
    if request.batch_strategy == "SingleRecord":
        return [(_filtered([record], request), [record]) for record in records]
    most, parts, size = request.max_payload_in_mb * _MEGABYTE, [[]], 0  # type: tuple[int, list[list[str]], int]
    for record in records:
        size += len(record.encode()) + 1
        if parts[-1] and size > most:
            parts.append([])
            size = len(record.encode()) + 1
        parts[-1].append(record)
    return [(_filtered(part, request), part) for part in parts if part]


def _read(path: Path, request: TransformRequest) -> bytes:
    """Read a file, unpacked if need be; raises ReasonError where that cannot be done."""
    if request.transform_input.compression_type == "None":
        return path.read_bytes()
    try:
        with gzip.open(path) as stream:
            content = stream.read(_MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReasonError(f"cannot unpack '{path.name}' of its input: {error}") from error
    if len(content) > _MOST_UNPACKED:
        raise ReasonError(f"will not unpack more than {_MOST_UNPACKED} bytes of '{path.name}'")
    return content


def _is_filtered(request: TransformRequest) -> bool:
    return request.data_processing.input_filter.strip() != "$"


def _filtered(records: list[str], request: TransformRequest) -> bytes:
    content_type = request.transform_input.content_type
    if _is_filtered(request):
        path = request.data_processing.input_filter
        records = [write(select(parse(record, content_type), path), content_type) for record in records]
    return ("\n".join(records) + "\n").encode()


def _answer_all(job: Job, request: TransformRequest, bodies: list[bytes]) -> list[bytes]:
    """Send bodies through every container of the model, one after the other."""
    model = recorded(job.registry, "model", request.model_name)
    content_type = request.transform_input.content_type
    for number, container in enumerate(containers_of(model), start=1):
        bodies = _answer(job, request, container, number, content_type, bodies)
        content_type = request.transform_output.accept
    return bodies


def _answer(
    job: Job,
    request: TransformRequest,
    container: InferenceContainer,
    number: int,
    content_type: str,
    bodies: list[bytes],
) -> list[bytes]:
    folder, script = prepare_container(job, container, number)
    work = job.ml / "batches" / str(number)
    work.mkdir(parents=True)
    for index, body in enumerate(bodies):
        (work / f"{index}.in").write_bytes(body)
    seen = f"{job.seen}/batches/{number}"
    pairs = [(f"{seen}/{index}.in", f"{seen}/{index}.out") for index in range(len(bodies))]
    order = {"content_type": content_type, "accept": request.transform_output.accept, "batches": pairs}
    write_json(work / "order.json", order)
    program = job.bring(TRANSFORM_BATCH)
    command = ("python", program, f"{job.seen}/{folder}", f"{job.seen}/{script}", f"{seen}/order.json")
    environment = {"SM_MODEL_DIR": f"{job.seen}/{folder}", **container.environment, **request.environment}
    run_program(job, Program(command, "", job.relocate_all(environment)))
    answers = [work / f"{index}.out" for index in range(len(bodies))]
    missing = next((path for path in answers if path.is_symlink() or not path.is_file()), None)
    if missing is not None:
        raise ReasonError("leaves a request without an answer")
    return [path.read_bytes() for path in answers]


def _assemble(parts: list[tuple[list[str], bytes]], request: TransformRequest) -> bytes:
    output, processing = request.transform_output, request.data_processing
    if processing.join_source == "None" and processing.output_filter.strip() == "$":
        ending = b"\n" if output.assemble_with == "Line" else b""
        return b"".join(answer.rstrip(b"\n") + ending if ending else answer for _, answer in parts)
    lines = []
    for records, answer in parts:
        answers = split_lines(decode_text(answer, "an answer of its model"))
        if len(answers) != len(records):
            raise ReasonError(f"has {len(answers)} answers to {len(records)} records, which cannot be joined")
        lines += [_joined(record, said, request) for record, said in zip(records, answers, strict=True)]
    return ("\n".join(lines) + "\n").encode()


def _joined(record: str, answer: str, request: TransformRequest) -> str:
    content_type, accept = request.transform_input.content_type, request.transform_output.accept
    value: Any = parse(answer, accept)
    if request.data_processing.join_source == "Input":
        value = join(parse(record, content_type), value)
    return write(select(value, request.data_processing.output_filter), accept)


def _traffic(request: TransformRequest, registry: Path) -> Traffic:
    data = request.transform_input.data_source.s3_data_source
    inputs = {"its input": data.s3_uri}
    try:
        containers = containers_of(recorded(registry, "model", request.model_name))
    except ReasonError:  # told when it is asked
        containers = ()
    for number, container in enumerate(containers, start=1):
        if container.model_data_url:
            inputs[f"model data {number}"] = container.model_data_url
        if container.code:
            inputs[f"inference code {number}"] = container.code
    listed: dict[str, tuple[str, ...]] = {"its input": ()} if data.is_manifest else {}
    return Traffic(inputs, (request.transform_output.s3_output_path,), manifests=listed)


TRANSFORM = RunnableKind(TransformRequest, run_transform, traffic=_traffic, stands_in=True)
