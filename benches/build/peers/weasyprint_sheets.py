"""Sets every web page of a folder with WeasyPrint: HTML OUT, or --version."""

import sys
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration


def main(source: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    fonts = FontConfiguration()
    for page in sorted(source.glob("*.html")):
        html = weasyprint.HTML(filename=page)
        html.write_pdf(out / f"{page.stem}.pdf", font_config=fonts)


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(f"WeasyPrint {weasyprint.__version__}, Python {sys.version.split()[0]}")
    else:
        main(*map(Path, sys.argv[1:]))
