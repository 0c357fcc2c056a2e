"""The two trainings of this example, which share how texts are read: `--task pretrain` or `finetune`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import finetune
import pretrain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", choices=("pretrain", "finetune"), required=True)
    parser.add_argument("--model-dir", type=Path, default=os.environ.get("SM_MODEL_DIR"))
    args, others = parser.parse_known_args()
    args.model_dir.mkdir(parents=True, exist_ok=True)
    task = pretrain.main if args.task == "pretrain" else finetune.main
    task(others, args.model_dir)


if __name__ == "__main__":
    main()
