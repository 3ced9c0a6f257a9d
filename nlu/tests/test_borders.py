"""What this folder may import, and what serving must never load."""

import ast
import subprocess
import sys

from fingerprint import HERE

OURS = [path for path in HERE.rglob("*.py") if ".venv" not in path.parts]


def test_no_module_imports_the_service() -> None:
    imported = {
        name.split(".")[0]
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }

    assert imported & {"bot", "actions"} == set()


def test_serving_loads_neither_tensorflow_nor_scikit_learn() -> None:
    program = "import sys, serving.server; print(sorted({'tensorflow', 'sklearn'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
