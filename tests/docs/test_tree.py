"""What must not stand in the tree, and what was taken from others as it is."""

from __future__ import annotations

import hashlib
import re
import tomllib

from pages import ROOT, tree

VENDOR = ROOT / "kenesh/web/static/vendor"
SUFFIXES = {".py", ".md", ".toml", ".lock", ".in", ".txt", ".html", ".css", ".js", ".sql", ".tsv", ".svg", ""}

# Addresses of package registries and paths of somebody's machine; written apart so as not to find themselves.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
)
PATHS = re.compile(r"(?<![\w.:/])/(?:work|tmp|home|root|Users)" + r"/(?!someone/)\w")


def test_no_address_of_a_registry_and_no_path_of_a_machine_stands_in_the_tree() -> None:
    found = []
    for path in tree():
        if path.suffix not in SUFFIXES or VENDOR in path.parents or path.name == "LICENSE":
            continue
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if any(name in line for name in REGISTRIES) or PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{at}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_files_of_others_are_as_they_were_taken() -> None:
    listed = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"]
    for entry in listed:
        digest = hashlib.sha256((VENDOR / entry["name"]).read_bytes()).hexdigest()
        assert digest == entry["sha256"], f"{entry['name']} is not the file that was taken"


def test_every_file_of_others_is_listed_with_its_licence() -> None:
    listed = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"]
    names = {entry["name"] for entry in listed}
    there = {p.name for p in VENDOR.iterdir()} - {"vendor.toml"}
    assert {name for name in there if "LICENSE" not in name} == names
    assert all(entry["licence"] for entry in listed)
