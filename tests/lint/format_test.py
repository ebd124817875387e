#!/usr/bin/env python3
"""Fails on a C++ file that clang-format would write differently (.clang-format at the top of the project).

format_test.py PROJECT | --self-test
"""
import pathlib
import subprocess
import sys
import tempfile


def faults(project):
    files = [str(path.relative_to(project)) for folder in ("src", "ui", "tests") for path in sorted((project / folder).rglob("*")) if path.suffix in (".h", ".cpp")]
    done = subprocess.run(["clang-format", "--dry-run", "--style=file", *files], cwd=project, capture_output=True, text=True, check=False)
    seen = []
    for line in done.stderr.splitlines():
        path, colon, rest = line.partition(":")
        if colon and path in files and path not in seen:
            seen.append(path)
            yield f"{path}:{rest.split(':')[0]}: not as clang-format writes it"


def self_test():
    with tempfile.TemporaryDirectory() as name:
        project = pathlib.Path(name)
        for folder in ("src", "ui", "tests"):
            (project / folder).mkdir()
        (project / ".clang-format").write_text("BasedOnStyle: Google\n")
        (project / "src/good.cpp").write_text("int a = 1;\n")
        (project / "src/bad.cpp").write_text("int   b=1 ;\n")
        assert [fault.split(":")[0] for fault in faults(project)] == ["src/bad.cpp"]


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    found = list(faults(pathlib.Path(sys.argv[1]).resolve()))
    print("\n".join(found))
    sys.exit(bool(found))
