"""Which files a change has touched, and which tests depend on them."""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).parents[2]
#: Where the changes begin, the first that there is.
_BASES: Final = ("main", "origin/main", "HEAD")
_PACKAGES: Final = ("bot", "flows", "tests")
#: Who reads what is no module and lies in no package.
_READERS: Final = {"locales": "bot.catalogue", "deploy": "tests.test_deploy"}


def changed_files() -> list[str]:
    """List what differs from the main branch, committed or not, with new files."""
    if not _git("rev-parse", "--git-dir"):
        return []
    base = next(b for b in _BASES if _git("rev-parse", "--verify", "--quiet", b))
    since = _git("merge-base", base, "HEAD")
    differs = [*_git("diff", "--name-only", "--no-renames", *since)]
    return sorted({*differs, *_git("ls-files", "--others", "--exclude-standard")})


def import_graph() -> grimp.ImportGraph:
    """Read who imports whom; a test imports the fixtures of its folder too."""
    # Not from a cache: import-linter's would be taken for newer than it is.
    graph = grimp.build_graph(*_PACKAGES, cache_dir=None)
    for test in filter(_is_test, graph.modules):
        package = test
        while package := package.rpartition(".")[0]:
            if (fixtures := f"{package}.conftest") in graph.modules:
                graph.add_import(importer=test, imported=fixtures)
    return graph


def modules_of(files: Iterable[str], known: Iterable[str]) -> set[str]:
    """Name the modules that are these files, or for which they lie in a package."""
    found = set[str]()
    for path in map(Path, files):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        if path.suffix == ".py":
            found.add(name)
        elif path.parts[0] in _PACKAGES:
            package = _package_of(path)
            found |= {m for m in known if m.rpartition(".")[0] == package}
        else:
            found.add(_READERS.get(path.parts[0], ""))
    return found & set(known)


def distances(graph: grimp.ImportGraph, changed: Iterable[str]) -> Mapping[str, int]:
    """Tell of each module how many imports lie between it and the nearest change."""
    far = dict.fromkeys(changed, 0)
    ring = list(far)
    while ring:
        nearer, ring = ring, []
        for module in nearer:
            for importer in graph.find_modules_that_directly_import(module):
                if importer not in far:
                    far[importer] = far[module] + 1
                    ring.append(importer)
    return far


def touched_tests() -> list[tuple[int, str]]:
    """List the files of tests that depend on a change, with their distance to it."""
    graph = import_graph()
    far = distances(graph, modules_of(changed_files(), graph.modules))
    return sorted(
        (distance, f"{module.replace('.', '/')}.py")
        for module, distance in far.items()
        if _is_test(module)
    )


def _is_test(module: str) -> bool:
    return module.rpartition(".")[2].startswith("test_")


def _package_of(path: Path) -> str:
    """Name the package in which a file lies, at whatever depth."""
    folders = (folder for folder in path.parents if (ROOT / folder).is_dir())
    package = next(f for f in folders if (ROOT / f / "__init__.py").exists())
    return ".".join(package.parts)


def _git(*arguments: str) -> list[str]:
    command = ["git", *arguments]  # the one of whoever develops
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.splitlines()
