#!/usr/bin/env python3
"""Fails on an #include that cmake/layers.txt does not allow, on Qt inside src/, and on a table that is not a table of layers.

layers_test.py PROJECT      checks the tree
layers_test.py --self-test  checks that the check finds what it must
"""
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
QT_HEADER = re.compile(r"^(Q[A-Z]\w*|Qt\w*/.*|q[a-z]+\.h)$")


def read_table(project):
    table = {}
    for line in (project / "cmake/layers.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, below = line.partition(":")
        table[name] = below.split()
    return table


def table_faults(table):
    seen = []
    for name, below in table.items():
        for lower in below:
            if lower not in seen:
                yield f"cmake/layers.txt: {name} may include {lower}, which does not stand above it"
        seen.append(name)


def layer_of(path, project):
    parts = path.relative_to(project).parts
    return "ui" if parts[0] == "ui" else parts[1]


def include_faults(project, table):
    for root in ("src", "ui"):
        for path in sorted((project / root).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            layer = layer_of(path, project)
            if layer not in table:
                yield f"{path.relative_to(project)}: cmake/layers.txt has no line for {layer}"
                continue
            for kind, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                folder = header.split("/")[0]
                if root == "src" and QT_HEADER.match(header):
                    yield f"{path.relative_to(project)}: includes {header}: src/ has no Qt"
                if kind == '"' and folder in table and folder != layer and folder not in table[layer]:
                    yield f"{path.relative_to(project)}: {layer} may not include {header}"


def faults(project):
    table = read_table(project)
    yield from table_faults(table)
    yield from include_faults(project, table)


def self_test():
    with tempfile.TemporaryDirectory() as name:
        project = pathlib.Path(name)
        for folder in ("cmake", "src/base", "src/store", "ui/wall"):
            (project / folder).mkdir(parents=True)
        (project / "cmake/layers.txt").write_text("base:\nstore: base\nui: base store\n")
        (project / "src/base/a.h").write_text('#include "store/b.h"\n')
        (project / "src/store/b.h").write_text('#include "base/a.h"\n#include <QString>\n')
        (project / "ui/wall/c.cpp").write_text('#include <QWidget>\n#include "store/b.h"\n')
        found = list(faults(project))
        assert len(found) == 2, found
        assert "base may not include store/b.h" in found[0] and "no Qt" in found[1], found
        (project / "cmake/layers.txt").write_text("base: store\nstore: base\nui: base store\n")
        assert any("does not stand above" in fault for fault in faults(project))


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    found = list(faults(pathlib.Path(sys.argv[1]).resolve()))
    print("\n".join(found))
    sys.exit(bool(found))
