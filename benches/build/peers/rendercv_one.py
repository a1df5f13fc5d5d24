"""Makes the PDF of one document with RenderCV, and nothing else: DOCUMENT OUT, or --version."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path


def main(document: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    copy = Path(shutil.copy(document, out))
    program = Path(sys.executable).with_name("rendercv")
    os.chdir(out)
    subprocess.run(
        [program, "render", copy.name, "--dont-generate-markdown"]
        + ["--dont-generate-html", "--dont-generate-png"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(f"RenderCV {version('rendercv')}, typst of Python {version('typst')}")
    else:
        main(*map(Path, sys.argv[1:]))
