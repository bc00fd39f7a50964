"""Compiles the gettext catalogues: as a hook of the wheel's build, and as a command for the Makefile.

The compiled files are not committed: they would disagree with their sources sooner or later.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_HOME = Path(__file__).resolve().parent.parent


def compile_catalogues(home: Path) -> list[Path]:
    """Every catalogue below *home* compiled; returns those that changed.

    Raises :exc:`babel.messages.pofile.PoFileError` at the first line that is no catalogue.
    """
    changed = []
    for source in sorted((home / "workflow" / "translations").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3], abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        # Written only when different: test workers and a running server may be reading it.
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            part = target.with_suffix(".mo.part")
            part.write_bytes(compiled.getvalue())
            part.replace(target)
            changed.append(target)
    return changed


class CustomBuildHook(BuildHookInterface[Any]):
    """What hatchling calls before it packs the wheel or makes an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        """The catalogues beside their sources, compiled."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    for made in compile_catalogues(_HOME):
        sys.stdout.write(f"Compiled {made.relative_to(_HOME)}\n")
