"""Calls the handler of a Lambda function with the arguments of a step.

Arguments: the folder of the code, and MODULE.FUNCTION. What the handler is given is read from
`input/arguments.json` below the working folder, and what it returns goes to `output/answer.json`.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4


def main() -> None:
    """Call the handler, and leave what it returns as JSON."""
    code, name = sys.argv[1:]
    sys.path.insert(0, code)
    module, _, function = name.rpartition(".")
    called = getattr(importlib.import_module(module.replace("/", ".")), function)
    arguments = json.loads(Path("input/arguments.json").read_text(encoding="utf-8"))
    context = SimpleNamespace(
        aws_request_id=str(uuid4()),
        function_name=function,
        memory_limit_in_mb="128",
        get_remaining_time_in_millis=lambda: 900_000,
    )
    answer = called(arguments, context)
    Path("output").mkdir(exist_ok=True)
    Path("output/answer.json").write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
