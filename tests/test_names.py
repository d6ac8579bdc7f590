"""One word, one meaning: no public name of a class or type stands in two modules."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def named(module: ast.Module) -> Iterator[str]:
    """Name the classes and type aliases of a module; an alias is spelt as a class."""
    for node in module.body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) if not name.isupper():
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.isupper():
                yield name


def twice(sources: dict[str, str]) -> dict[str, list[str]]:
    """Find the public names that stand in more than one of these sources."""
    homes = defaultdict[str, list[str]](list)
    for path, source in sources.items():
        for name in named(ast.parse(source)):
            if name[0].isupper():
                homes[name].append(path)
    return {name: paths for name, paths in homes.items() if len(paths) > 1}


def test_no_public_name_stands_twice() -> None:
    paths = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("flows/**/*.py")]
    sources = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths
    }
    assert twice(sources) == {}


def test_a_second_class_of_one_name_is_seen() -> None:
    homes = {"a.py": "class Word: ...", "b.py": "Word = str\nWORD = 1"}
    assert twice(homes) == {"Word": ["a.py", "b.py"]}
    assert twice({"a.py": "class Word: ...", "b.py": "class _Word: ..."}) == {}
