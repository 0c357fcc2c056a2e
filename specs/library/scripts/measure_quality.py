"""Measures the quality of CSV or JSON lines as Model Monitor does, and holds it against constraints.

Leaves `statistics.json`, `constraints.json` and, where a baseline is given, `constraint_violations.json`.
Source: the schemas of these files in SageMaker's documentation; sketches are exact counts in ten buckets.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_BUCKETS = 10
_CATEGORIES = 100
_MONITORING = {
    "evaluate_constraints": "Enabled",
    "emit_metrics": "Enabled",
    "datatype_check_threshold": 1.0,
    "domain_content_threshold": 1.0,
    "distribution_constraints": {
        "perform_comparison": "Enabled",
        "comparison_threshold": 0.1,
        "comparison_method": "Robust",
    },
}


def main() -> None:
    """Measure, suggest constraints, and check the given ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--format", choices=("csv", "csv-without-header", "jsonlines"), default="csv")
    parser.add_argument("--statistics", type=Path, help="the folder for statistics.json")
    parser.add_argument("--constraints", type=Path, help="the folder for constraints.json")
    parser.add_argument("--baseline", type=Path, help="constraints.json to check, or the folder that has it")
    parser.add_argument("--violations", type=Path, help="the folder for constraint_violations.json")
    args = parser.parse_args()
    columns, count = _read(args.data, header=args.format == "csv", as_json=args.format == "jsonlines")
    features = [_measure(name, values) for name, values in columns.items()]
    if args.statistics:
        statistics = {"version": 0.0, "dataset": {"item_count": count}, "features": features}
        _write(args.statistics / "statistics.json", statistics)
    suggested = [_suggest(feature, count) for feature in features]
    if args.constraints:
        constraints = {"version": 0.0, "features": suggested, "monitoring_config": _MONITORING}
        _write(args.constraints / "constraints.json", constraints)
    if args.baseline and args.violations:
        baseline = args.baseline / "constraints.json" if args.baseline.is_dir() else args.baseline
        violations = list(_violations(json.loads(baseline.read_text(encoding="utf-8")), suggested))
        found = {"violations": violations, "count": len(violations)}
        _write(args.violations / "constraint_violations.json", found)


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, sort_keys=True), encoding="utf-8")


def _read(folder: Path, *, header: bool, as_json: bool) -> tuple[dict[str, list[Any]], int]:
    columns: dict[str, list[Any]] = {}
    count = 0
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        for record in _json_records(path) if as_json else _csv_records(path, header=header):
            for name in record:
                columns.setdefault(name, [None] * count)
            for name, values in columns.items():
                values.append(record.get(name))
            count += 1
    return columns, count


def _json_records(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _csv_records(path: Path, *, header: bool) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        names: list[str] = []
        for row in csv.reader(stream):
            if header and not names:
                names = row
            elif row:
                used = names or [f"_c{number}" for number in range(len(row))]
                yield {name: text if text != "" else None for name, text in zip(used, row, strict=False)}


def _measure(name: str, values: list[Any]) -> dict[str, Any]:
    present = [value for value in values if value is not None]
    common = {"num_present": len(present), "num_missing": len(values) - len(present)}
    kind = _kind(present)
    if kind in ("Integral", "Fractional"):
        numbers = [float(value) for value in present]
        return {
            "name": name,
            "inferred_type": kind,
            "numerical_statistics": {"common": common, **_numbers(numbers)},
        }
    texts = Counter(str(value) for value in present)
    buckets = [{"value": text, "count": count} for text, count in texts.most_common(_CATEGORIES)]
    statistics = {"common": common, "distinct_count": float(len(texts))}
    statistics["distribution"] = {"categorical": {"buckets": buckets}}
    return {"name": name, "inferred_type": kind, "string_statistics": statistics}


def _kind(values: list[Any]) -> str:
    if not values:
        return "Unknown"
    if all(_is_number(value, int) for value in values):
        return "Integral"
    return "Fractional" if all(_is_number(value, float) for value in values) else "String"


def _is_number(value: Any, kind: type) -> bool:
    try:
        number = kind(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return False
    return number is not None and math.isfinite(number) and (kind is float or float(value) == number)


def _numbers(numbers: list[float]) -> dict[str, Any]:
    low, high, count = min(numbers), max(numbers), len(numbers)
    mean = math.fsum(numbers) / count
    width = (high - low) / _BUCKETS
    counts = Counter(min(_BUCKETS - 1, int((number - low) / width)) if width else 0 for number in numbers)
    buckets = [
        {
            "lower_bound": low + index * width,
            "upper_bound": low + (index + 1) * width,
            "count": float(counts[index]),
        }
        for index in range(_BUCKETS if width else 1)
    ]
    return {
        "mean": mean,
        "sum": math.fsum(numbers),
        "std_dev": math.sqrt(math.fsum((number - mean) ** 2 for number in numbers) / count),
        "min": low,
        "max": high,
        "distribution": {"kll": {"buckets": buckets}},
    }


def _suggest(feature: dict[str, Any], count: int) -> dict[str, Any]:
    statistics = feature.get("numerical_statistics") or feature["string_statistics"]
    present = statistics["common"]["num_present"]
    found = {
        "name": feature["name"],
        "inferred_type": feature["inferred_type"],
        "completeness": present / count if count else 0.0,
    }
    if "numerical_statistics" in feature:
        found["num_constraints"] = {"is_non_negative": statistics["min"] >= 0}
    return found


def _violations(given: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    now = {feature["name"]: feature for feature in found}
    for wanted in given.get("features", []):
        name = wanted["name"]
        if name not in now:
            yield _violation(name, "missing_column_check", "the column is not there")
            continue
        feature = now.pop(name)
        kinds = wanted.get("inferred_type"), feature["inferred_type"]
        if kinds[0] not in (None, "Unknown", kinds[1]) and kinds != ("Fractional", "Integral"):
            yield _violation(name, "data_type_check", f"is {kinds[1]}, and should be {kinds[0]}")
        least = wanted.get("completeness", 0.0)
        if feature["completeness"] < least:
            said = f"{feature['completeness']:.4f} of the values are there, and {least} should be"
            yield _violation(name, "completeness_check", said)
        positive = wanted.get("num_constraints", {}).get("is_non_negative")
        if positive and feature.get("num_constraints", {}).get("is_non_negative") is False:
            yield _violation(name, "non_negative_check", "has values below 0")
    for name in now:
        yield _violation(name, "extra_column_check", "the column is not among the constraints")


def _violation(feature: str, check: str, description: str) -> dict[str, str]:
    return {"feature_name": feature, "constraint_check_type": check, "description": description}


if __name__ == "__main__":
    main()
