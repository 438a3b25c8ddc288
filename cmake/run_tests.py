#!/usr/bin/env python3
"""run_tests.py PRESET [--all]: runs a preset's tests, but for the long ones that passed before in this very form.

A test's form is the digest of its command and settings, of the files named there (its program, and those that it runs:
REQUIRED_FILES), of every file of the tree that is no source, of the machine's packages and, for stories of the day, of the
date. Tests of less than 3 s are always run; so are all of them with --all, and in a fresh clone, which remembers nothing.
What passed is remembered for a week in build/PRESET/passed, a file of its seconds for each form.
"""
import concurrent.futures
import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
ALWAYS_BELOW_S = 3.0
REMEMBERED_S = 7 * 24 * 3600
# Sources are in the programs, or read by tests that are brief.
SOURCES = (".cpp", ".hpp", ".md", "/mutants.txt")
PACKAGES = pathlib.Path("/var/lib/dpkg/status")


def digest_of(paths):
    """One digest of what the files hold, under their names from the root."""
    whole = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            one = hashlib.sha256()
            while block := file.read(1 << 20):
                one.update(block)
        whole.update(os.path.relpath(path, ROOT).encode() + b"\0" + one.digest())
    return whole.hexdigest()


def data_files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            stdout=subprocess.PIPE, check=True).stdout.decode()
    files = (ROOT / name for name in sorted(listed.split("\0")) if name and not name.endswith(SOURCES))
    return [path for path in files if path.is_file()]


def forms_of(preset):
    """The form of each test, by its name."""
    listed = subprocess.run(["ctest", "--preset", preset, "--show-only=json-v1"], cwd=ROOT, stdout=subprocess.PIPE,
                            check=True).stdout
    common = digest_of(data_files() + ([PACKAGES] if PACKAGES.exists() else []))
    forms, files_of = {}, {}
    for test in json.loads(listed)["tests"]:
        settings = {one["name"]: one["value"] for one in test["properties"]}
        named = test["command"] + settings.get("REQUIRED_FILES", [])
        files_of[test["name"]] = sorted({word for word in named if os.path.isfile(word)})
        day = str(datetime.date.today()) if "--from-day" in test["command"] else ""
        forms[test["name"]] = [common, json.dumps([test["command"], settings], sort_keys=True), day]
    every = sorted({path for files in files_of.values() for path in files})
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        digests = dict(zip(every, pool.map(lambda path: digest_of([path]), every)))
    for name, parts in forms.items():
        parts += [digests[path] for path in files_of[name]]
        forms[name] = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return forms


def seconds_when_passed(passed, form):
    """How long the test took when it passed in this form; None = it has not."""
    try:
        return float((passed / form).read_text())
    except (OSError, ValueError):
        return None


def main():
    preset, everything = sys.argv[1], "--all" in sys.argv[2:]
    build = ROOT / "build" / preset
    passed, report = build / "passed", build / "tests.xml"
    passed.mkdir(parents=True, exist_ok=True)
    for old in passed.iterdir():
        if old.stat().st_mtime < time.time() - REMEMBERED_S:
            old.unlink()
    forms = forms_of(preset)
    left_out = [] if everything else sorted(
        name for name, form in forms.items() if (seconds_when_passed(passed, form) or 0) >= ALWAYS_BELOW_S)
    command = ["ctest", "--preset", preset, "--parallel", str(os.cpu_count()), "--output-junit", str(report)]
    if left_out:
        print("%d of %d tests passed before in this very form and are left out (--all runs them, too)" % (
            len(left_out), len(forms)), flush=True)
        command += ["--exclude-regex", "^(%s)$" % "|".join(left_out)]
    report.unlink(missing_ok=True)
    ended = subprocess.run(command, cwd=ROOT, check=False).returncode
    if report.exists():
        for case in xml.etree.ElementTree.parse(report).iter("testcase"):
            if case.get("status") == "run" and case.get("name") in forms:
                (passed / forms[case.get("name")]).write_text(case.get("time"))
    sys.exit(ended)


if __name__ == "__main__":
    main()
