"""Compare two models by their `evaluation.json`; write `comparison.json` with the scores and the winner.

What is compared is `score.value`, or the number at `--metric`. `score.value` of the comparison is the gain:
above 0 when the challenger is better.
"""

from __future__ import annotations

import argparse
import json
from functools import reduce
from pathlib import Path

PROCESSING = Path("/opt/ml/processing")


def read_score(folder: Path, metric: str) -> float:
    """Return the number at a path of the report in a folder, or of the report itself."""
    report = folder if folder.is_file() else folder / "evaluation.json"
    try:
        return float(reduce(lambda held, key: held[key], metric.split("."), json.loads(report.read_text())))
    except (KeyError, TypeError, ValueError):
        raise SystemExit(f"{report} has no number at {metric}") from None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--challenger", type=Path, default=PROCESSING / "input/challenger")
    parser.add_argument("--champion", type=Path, default=PROCESSING / "input/champion")
    parser.add_argument("--output", type=Path, default=PROCESSING / "output/comparison")
    parser.add_argument("--metric", default="score.value")
    parser.add_argument("--lower-is-better", choices=("true", "false"), default="false")
    parser.add_argument("--least-gain", type=float, default=0.0, help="so much better must it be to win")
    args = parser.parse_args()

    challenger, champion = (read_score(folder, args.metric) for folder in (args.challenger, args.champion))
    gain = champion - challenger if args.lower_is_better == "true" else challenger - champion
    comparison = {
        "metric": args.metric,
        "challenger": challenger,
        "champion": champion,
        "winner": "challenger" if gain > args.least_gain else "champion",
        "score": {"metric": "gain", "value": gain},
    }
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "comparison.json").write_text(json.dumps(comparison, indent=2) + "\n")
    print(f"challenger {challenger:.6f}, champion {champion:.6f}: the {comparison['winner']} wins")


if __name__ == "__main__":
    main()
