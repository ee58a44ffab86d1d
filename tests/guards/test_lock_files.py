"""What pins or configures packages names no host and no folder of somebody's machine: any mirror may serve them."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    *sorted((ROOT / "requirements").iterdir()),
    *(ROOT / name for name in ("package.json", "package-lock.json", ".npmrc", "pyproject.toml", "Makefile")),
]
HOST = re.compile(r"(?:https?|git|ssh|file|ftp)(?:\+\w+)?://|\bregistry\s*=|--(?:extra-)?index-url|--find-links|@file:")
MACHINE_PATH = re.compile(r"(?<![\w.$:/-])/(?:home|root|Users|work|private)/[\w.]")
PIN = re.compile(r"^[a-z0-9._-]+(?:\[[a-z0-9,_-]+\])?==\S+", re.IGNORECASE)


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def requirement_files() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_lock_names_no_host(path: Path) -> None:
    found = [line for line in path.read_text().splitlines() if HOST.search(line)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        '"resolved": "https://registry.example/a.tgz"',
        "registry=//mirror.example",
        "flask @ git+ssh://host/flask",
        "--find-links wheels",
    ],
)
def test_host_pattern_sees_a_host(line: str) -> None:
    assert HOST.search(line)


def test_no_tracked_file_names_a_folder_of_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        if path.is_file()
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", requirement_files(), ids=lambda path: path.name)
def test_every_pin_has_a_hash(path: Path) -> None:
    blocks = re.split(r"\n(?=\S)", path.read_text())
    pins = [block for block in blocks if not block.startswith("#")]
    without = [block.splitlines()[0] for block in pins if not PIN.match(block) or "--hash=sha256:" not in block]
    assert pins
    assert without == []


def test_groups_pin_the_same_versions() -> None:
    versions: dict[str, set[str]] = {}
    for path in requirement_files():
        for line in path.read_text().splitlines():
            if pin := PIN.match(line):
                name, version = pin[0].split("==")
                versions.setdefault(name.partition("[")[0], set()).add(version)
    assert "flask" in versions
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_wish_is_pinned() -> None:
    for wishes in sorted((ROOT / "requirements").glob("*.in")):
        pinned = {
            re.split(r"[\[=]", line)[0].lower()
            for line in wishes.with_suffix(".txt").read_text().splitlines()
            if PIN.match(line)
        }
        wanted = {
            re.split(r"[\[<>=!~ #]", line)[0].lower() for line in wishes.read_text().splitlines() if line[:1].isalpha()
        }
        assert wanted - pinned == set(), wishes.name


def test_npm_packages_carry_their_hashes() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    without = [name for name, package in packages.items() if name and not package.get("integrity")]
    resolved = [name for name, package in packages.items() if "resolved" in package]
    assert len(packages) > 1
    assert without == []
    assert resolved == []
