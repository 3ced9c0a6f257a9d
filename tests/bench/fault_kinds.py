"""Small faults as a tired programmer makes them: which there could be, and the code of a function with one of them."""

from __future__ import annotations

import ast
import copy
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

HOME = Path(__file__).parents[2]
SKIPPED = ("migrations", "bot/cli", "bot/main", "bot/understanding/rasa")
"""Code that runs in processes of its own alone, where a fault cannot be put by `faults.py`."""
OTHER_WAY = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
APART = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp, ast.ClassDef)
"""Has code of its own, which is not the function's."""
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a function: `place` is the number of its node, `digest` is of the function's words."""

    file: str
    function: str
    digest: str
    place: int
    line: int
    kind: str

    @property
    def key(self) -> str:
        """Names it in any commit that has the function."""
        return f"{self.function} {self.digest} {self.place}"

    @property
    def module(self) -> str:
        """What is imported to have the function."""
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def __str__(self) -> str:
        """Where it is, and what."""
        return f"{self.file}:{self.line} {self.function}: {self.kind}"


def all_faults(folders: Sequence[str], seed: int) -> list[Fault]:
    """One fault for each function of these folders, in an order that depends on its name, its words and the seed."""
    files = sorted(file for folder in folders for file in (HOME / folder).rglob("*.py"))
    names = [str(file.relative_to(HOME)) for file in files]
    faults = [fault for name in names if not any(part in name for part in SKIPPED) for fault in _of_file(name, seed)]
    return sorted(faults, key=lambda fault: _digest(f"{seed} {fault.key}"))


def faulty_code(fault: Fault) -> CodeType:
    """The function's code with the fault in it."""
    tree = ast.parse((HOME / fault.file).read_text("utf-8"))
    [function] = [function for name, function in _functions(tree) if name == fault.function]
    _spoil(_nodes(function)[fault.place])
    whole = compile(ast.fix_missing_locations(tree), str(HOME / fault.file), "exec")
    return next(code for code in _codes(whole) if code.co_qualname == fault.function)


def _of_file(name: str, seed: int) -> Iterator[Fault]:
    functions = _functions(ast.parse((HOME / name).read_text("utf-8")))
    names = [qualified for qualified, _ in functions]
    for qualified, function in functions:
        nodes = _nodes(function)
        places = [place for place, node in enumerate(nodes) if _kind(node)]
        if places and names.count(qualified) == 1:
            digest = _digest(ast.unparse(function))
            place = random.Random(f"{seed} {qualified} {digest}").choice(places)  # noqa: S311 - repeats itself
            yield Fault(name, qualified, digest, place, nodes[place].lineno, _kind(nodes[place]))


def _functions(tree: ast.AST, above: str = "") -> list[tuple[str, Function]]:
    found = list[tuple[str, Function]]()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            found += _functions(node, f"{above}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((f"{above}{node.name}", node))
    return found


def _nodes(function: Function) -> list[ast.AST]:
    """All nodes of its own body."""
    found, waiting = list[ast.AST](), list[ast.AST](function.body)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, APART):
            found.append(node)
            waiting += ast.iter_child_nodes(node)
    return found


def _kind(node: ast.AST) -> str:
    """What could be wrong here; "" for nothing."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in OTHER_WAY:
            return f"{type(operator).__name__} becomes {OTHER_WAY[type(operator)].__name__}"
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in OTHER_WAY:
            return f"{type(operator).__name__} becomes {OTHER_WAY[type(operator)].__name__}"
        case ast.If() | ast.IfExp():
            return "the condition is turned round"
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return f"{number} becomes {number + 1}"
        case ast.Constant(value=bool(truth)):
            return f"{truth} becomes {not truth}"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            return "nothing is returned"
        case ast.Expr(value=ast.Call() | ast.Await()):
            return "the call is left out"
    return ""


def _spoil(node: ast.AST) -> None:
    match node:
        case ast.Compare(ops=[operator]):
            node.ops = [OTHER_WAY[type(operator)]()]
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator):
            node.op = OTHER_WAY[type(operator)]()
        case ast.If(test=test) | ast.IfExp(test=test):
            node.test = ast.UnaryOp(ast.Not(), copy.copy(test))
        case ast.Constant(value=bool(truth)):
            node.value = not truth
        case ast.Constant(value=int(number)):
            node.value = number + 1
        case ast.Return() | ast.Expr():
            node.value = ast.Constant(None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _codes(const)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]
