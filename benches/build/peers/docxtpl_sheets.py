"""Fills a Word template with every sheet of a JSON file and has LibreOffice make PDFs of them, all
in one go: SHEETS OUT, or --version."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docxtpl import DocxTemplate

# What stands in a row of the table.
COLUMNS = [
    ("序号", "{{ row.label }}"),
    ("所属部分", "{{ row.section }}"),
    ("工作任务", "{{ row.words }}"),
    ("指标", "{{ row.targets }}"),
    ("角色", "{{ row.role }}"),
    ("牵头单位", "{{ row.leads }}"),
    ("其他单位", "{{ row.others }}"),
    ("完成时限", "{{ row.deadline }}"),
    ("进展情况", ""),
]


def template(path: Path) -> None:
    """The sheet as a Word document: a heading, a line and a table on a landscape page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading("{{ unit }}任务单", level=1)
    document.add_paragraph("{{ notice_title }}，共 {{ count }} 项任务：{{ summary }}。")
    table = document.add_table(rows=4, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, (title, _) in zip(table.rows[0].cells, COLUMNS):
        cell.text = title
    table.rows[1].cells[0].text = "{%tr for row in rows %}"
    for cell, (_, field) in zip(table.rows[2].cells, COLUMNS):
        cell.text = field
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{{ reporting }}")
    document.save(path)


def words(rich) -> str:
    """The text of formatted text."""
    if isinstance(rich, str):
        return rich
    if isinstance(rich, list):
        return "".join(map(words, rich))
    if isinstance(rich, dict):
        return "".join(map(words, rich.values()))
    return ""


def main(source: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    empty = out / "template.docx"
    template(empty)
    files = []
    for sheet in json.loads(source.read_text(encoding="utf-8")):
        for row in sheet["rows"]:
            row["words"] = words(row["task"])
            for key in ("targets", "leads", "others"):
                row[key] = "、".join(row[key])
            row["deadline"] = row["deadline"] or ""
        sheet["reporting"] = "".join(sheet["reporting"])
        document = DocxTemplate(empty)
        document.render(sheet, autoescape=True)
        files.append(out / f"{sheet['unit']}.docx")
        document.save(files[-1])
    profile = (source.parent / "libreoffice").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        + ["--outdir", out, *files],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def office() -> str:
    said = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True)
    return " ".join(said.stdout.split()[:2])


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(f"docxtpl {version('docxtpl')}, {office()}")
    else:
        main(*map(Path, sys.argv[1:]))
