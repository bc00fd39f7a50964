"""The wheel: installed into an empty environment, `workflow` runs from any folder with all it needs inside."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it is published; what builds it is installed already, so no network is asked for."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=HOME)
    (built,) = folder.glob("*.whl")
    return built


class Installed:
    """The `workflow` command of an environment that has the wheel, run from a folder of its own."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self.python = environment / "bin" / "python"
        self.command = environment / "bin" / "workflow"
        self.folder = folder

    def __call__(self, *arguments: str) -> str:
        return run(str(self.command), *arguments, cwd=self.folder)

    def place(self, name: str) -> Path:
        """One of the places that `workflow.resources` names, as the installed package sees it."""
        program = f"from workflow import resources; print(resources.{name})"
        return Path(run(str(self.python), "-c", program, cwd=self.folder).strip())


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it; other people's packages are lent by the one the tests run in."""
    made = tmp_path_factory.mktemp("environment")
    venv.create(made, with_pip=False)
    python = made / "bin" / "python"
    site = next((made / "lib").glob("python*/site-packages"))
    # A path in a .pth file is searched, but .pth files in it are not read: the checkout stays out of sight.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    run(
        *pip_for(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
        str(wheel),
        cwd=made,
    )
    return made


@pytest.fixture
def installed(environment: Path, tmp_path: Path) -> Installed:
    """The command of that environment, in an empty folder."""
    return Installed(environment, tmp_path)


def pip_for(python: Path) -> list[str]:
    """A pip that installs into the environment of *python*: ours, or that of the Python ours was made from."""
    for candidate in (sys.executable, str(Path(sys.base_prefix) / "bin" / "python3")):
        if subprocess.run([candidate, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
            return [candidate, "-m", "pip", "--python", str(python)]
    return pytest.fail("no pip to install the wheel with")


def run(*command: str, cwd: Path) -> str:
    """What a command printed. Nothing of the tests' own settings reaches it; a failure shows all it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WORKFLOW_", "PYTHON", "COV"))}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def committed(folder: str, suffix: str) -> list[str]:
    """The files below a folder of the checkout, as their paths there."""
    return sorted(
        str(path.relative_to(HOME))
        for path in (HOME / folder).rglob(f"*{suffix}")
        if path.is_file() and "__pycache__" not in path.parts
    )


def test_templates_migrations_and_agreements_are_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = committed("templates", ".html") + committed("migrations", ".py") + committed("data", "")
    assert wanted
    assert [path for path in wanted if f"workflow/{path}" not in inside] == []


def test_code_styles_and_catalogues_are_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = committed("workflow", ".py") + committed("exports", ".py") + committed("workflow/static", "")
    wanted += [path.removesuffix(".po") + ".mo" for path in committed("workflow/translations", ".po")]
    assert any(path.endswith(".mo") for path in wanted)
    assert [path for path in wanted if path not in inside] == []


def test_nothing_else_is_inside(wheel: Path) -> None:
    stray = [
        path
        for path in zipfile.ZipFile(wheel).namelist()
        if not path.startswith(("workflow/", "exports/", "alternat-"))
        or "__pycache__" in path
        or path.endswith(".part")
    ]
    assert stray == []


def test_what_runs_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    for name in ("TEMPLATES", "MIGRATIONS", "DATA"):
        found = installed.place(name)
        assert found.is_dir()
        assert HOME not in found.parents


def test_the_published_agreements_load_and_print_from_any_folder(installed: Installed) -> None:
    installed("migrate")
    installed("load", str(installed.place("DATA") / "digital-economy.yaml"))
    listed = installed("list")
    assert "march-2019" in listed
    assert "december-2019" in listed
    assert installed("export", "march-2019", "--format", "text", "--lang", "en").strip()
    installed("export", "december-2019", "--layout", "two-column", "--format", "docx", "-o", "december.docx")
    assert zipfile.is_zipfile(installed.folder / "december.docx")
    assert "Everything fits" in installed("verify")


def test_the_demonstration_loads_once_from_any_folder(installed: Installed) -> None:
    first, second = installed("demo"), installed("demo")
    assert "Loading" in first
    assert "Loading" not in second
    assert "exercise" in installed("list")
    assert "Everything fits" in installed("verify")


def test_a_machine_that_runs_the_tests_is_fit_for_the_installed_command(installed: Installed) -> None:
    installed("migrate")
    assert "unfit" not in installed("check")


def test_the_pages_of_the_installed_application_are_served(installed: Installed) -> None:
    installed("migrate")
    program = (
        "from workflow import create_app;"
        "answer = create_app().test_client().get('/', base_url='http://localhost', follow_redirects=True);"
        "print(answer.status_code)"
    )
    assert run(str(installed.python), "-c", program, cwd=installed.folder).splitlines()[-1] == "200"


def test_the_installed_command_answers_a_mistake_without_a_traceback(installed: Installed) -> None:
    installed("migrate")
    done = subprocess.run(
        [str(installed.command), "load", "no-such-file.yaml"],
        cwd=installed.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no-such-file.yaml" in done.stderr
    assert "Traceback" not in done.stderr
