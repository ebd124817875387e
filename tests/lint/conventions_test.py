#!/usr/bin/env python3
"""Checks what the project has agreed on and no compiler sees.

  * a sleep in a test (STYLE: time comes from a fake clock, waiting is on a condition)
  * a skipped or disabled test that gives no reason
  * SQL put together from text instead of bound parameters
  * a widget text or file that names a path of one machine
  * a migration number that is missing or there twice
  * a Markdown link to a file that is not there
  * a name that two sources of a folder of src/ both keep for themselves: builds that compile several at once fail

conventions_test.py PROJECT | --self-test
"""
import pathlib
import re
import sys
import tempfile

SOURCE = {".h", ".cpp"}


def lines_of(project, folder, suffixes):
    for path in sorted((project / folder).rglob("*")):
        if path.suffix in suffixes and path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield path.relative_to(project), number, line


def sleeps(project):
    for path, number, line in lines_of(project, "tests", SOURCE):
        if path.parts[1] == "bench":
            continue
        if re.search(r"\b(sleep_for|sleep_until|usleep|nanosleep|QTest::qSleep|QTest::qWait\()", line) and "poll interval" not in line:
            yield f"{path}:{number}: a sleep in a test: {line.strip()}"


def skips(project):
    for path, number, line in lines_of(project, "tests", SOURCE):
        if re.search(r"GTEST_SKIP\(\)\s*;", line) or re.search(r'QSKIP\(\s*""', line):
            yield f"{path}:{number}: a skip without a reason"
        if "DISABLED_" in line and not re.search(r"20\d\d-\d\d-\d\d", line):
            yield f"{path}:{number}: a disabled test without a dated reason"


def pasted_sql(project):
    # Pieces of text that the code itself fixes may be joined: named constants, conditions, a witness's columns, numbers.
    ours = r"(?:k[A-Z]|condition|columns|m_witness|witness|std::to_string|\")"
    keyword = re.compile(r'"\s*(SELECT|INSERT|UPDATE|DELETE)\b[^"]*"\s*\+(?!\s*' + ours + ")", re.I)
    for path, number, line in lines_of(project, "src", SOURCE):
        if keyword.search(line):
            yield f"{path}:{number}: SQL put together with '+': bind the value with soci::use"


def machine_paths(project):
    for folder in ("src", "ui", "tests", "docs", "resources", "cmake"):
        for path, number, line in lines_of(project, folder, SOURCE | {".md", ".sh", ".py", ".sql", ".txt", ".cmake", ".service"}):
            if re.search(r"(?<![\w.])/(work|home/[a-z]+|root)/\w", line) and path.name != "conventions_test.py":
                yield f"{path}:{number}: a path of one machine: {line.strip()}"


def migrations(project):
    numbers = sorted(int(path.name[:4]) for path in (project / "resources/migrations").glob("[0-9]*.sql"))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"resources/migrations: the numbers are {numbers}"


def links(project):
    for path in [*project.glob("*.md"), *sorted((project / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                yield f"{path.relative_to(project)}: the link to {target} leads nowhere"


def own_names(text):
    """What a source keeps in its unnamed namespace: constants and types by name, functions by name and arguments."""
    for part in re.findall(r"^namespace \{\n(.*?)^\}  // namespace$", text, re.S | re.M):
        for name in re.findall(r"^(?:constexpr|const) [^=(\n]*?(\w+)(?:\[\w*\])?\s*[={;]", part, re.M):
            yield name
        for name in re.findall(r"^(?:class|struct|enum class) (\w+)", part, re.M):
            yield name
        for name, arguments in re.findall(r"^\w[\w:<>,\[\]& *]*?[ &*](\w+)\(([^)]*)\) (?:noexcept )?\{", part, re.M):
            types = [re.sub(r"\s*\b\w+$", "", one.strip()) if " " in one.strip() else one.strip() for one in arguments.split(",")]
            yield f"{name}({', '.join(types)})"


def twins(project):
    """The sources of a folder may be compiled together (LEEDSWATCH_JOINED); a bench or fuzzer is a program of its own."""
    kept = {}
    for path in sorted(path for top in ("src", "ui", "tests") for path in (project / top).rglob("*.cpp")):
        if path.parent.name in ("bench", "fuzz"):
            continue
        for name in set(own_names(path.read_text(encoding="utf-8"))):
            first = kept.setdefault((path.parent, name), path)
            if first != path:
                yield f"{path.relative_to(project)}: {first.name} has a {name} of its own too: name one otherwise, or share it"


CHECKS = (sleeps, skips, pasted_sql, machine_paths, migrations, links, twins)


def faults(project):
    for check in CHECKS:
        yield from check(project)


def self_test():
    with tempfile.TemporaryDirectory() as name:
        project = pathlib.Path(name)
        for folder in ("src/a", "tests/a", "docs", "resources/migrations", "ui", "cmake"):
            (project / folder).mkdir(parents=True)
        (project / "tests/a/t.cpp").write_text("std::this_thread::sleep_for(1s);\nGTEST_SKIP();\nTEST(A, DISABLED_b)\n")
        (project / "src/a/s.cpp").write_text('sql << "SELECT a FROM b WHERE c = " + text;\n')
        for name in ("x.cpp", "y.cpp"):
            (project / "src/a" / name).write_text("namespace {\nconstexpr int most = 3;\nint f(int a) {\n}\n}  // namespace\n")
        (project / "docs/d.md").write_text("[x](missing.md)\nsee /home/me/x\n")
        (project / "resources/migrations/0002_x.sql").write_text("")
        found = list(faults(project))
        assert len(found) == 9, found


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    found = list(faults(pathlib.Path(sys.argv[1]).resolve()))
    print("\n".join(found))
    sys.exit(bool(found))
