"""Makes the PDF of one document with RenderCV, and nothing else: DOCUMENT OUT, or --version.

RenderCV's documents load icons from Typst's registry of packages. Where that cannot be reached, an
empty package stands in for them, in the folder of the virtual environment.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

DATA = Path(sys.prefix) / "share"
PACKAGES = DATA / "typst" / "packages" / "preview"


def render(copy: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name("rendercv")
    environment = dict(os.environ)
    if PACKAGES.is_dir():
        environment["XDG_DATA_HOME"] = str(DATA)
    return subprocess.run(
        [program, "render", copy.name, "--dont-generate-markdown"]
        + ["--dont-generate-html", "--dont-generate-png"],
        cwd=copy.parent,
        env=environment,
        capture_output=True,
        text=True,
    )


def stand_in(name: str, number: str) -> None:
    package = PACKAGES / name / number
    package.mkdir(parents=True, exist_ok=True)
    (package / "typst.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "{number}"\nentrypoint = "lib.typ"\n'
    )
    (package / "lib.typ").write_text("#let fa-icon(..any) = []\n")


def main(document: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    copy = Path(shutil.copy(document, out))
    done = render(copy)
    missing = re.search(r"preview/(fontawesome)-([0-9.]+)\.tar", done.stdout)
    if done.returncode != 0 and missing:
        stand_in(*missing.groups())
        done = render(copy)
    if done.returncode != 0:
        sys.exit(" ".join(done.stdout.split())[-300:])


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        icons = ", without its icons" if PACKAGES.is_dir() else ""
        print(f"RenderCV {version('rendercv')}, typst of Python {version('typst')}{icons}")
    else:
        main(*map(Path, sys.argv[1:]))
