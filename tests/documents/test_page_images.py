"""Every paper looks as it looked when somebody last looked at it.

After a change that is meant, look at the pages and store them anew:
`CONVERSION_STORE_PAGES=1 .venv/bin/pytest tests/documents/test_page_images.py`.
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from conversion.documents.kinds import KINDS
from conversion.documents.render import render
from tests.documents.papers import the_facts

STORED = Path(__file__).parent.parent / "snapshots" / "pages"
DPI = 36
TOLERANCE = 0.5
"""Of 255, the mean difference of a page: another release of the rasteriser stays below it, a line
of text that is gone does not."""


def images_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages as small grey pictures."""
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)
    return [Image.open(file).convert("L") for file in sorted(folder.glob("page-*.png"))]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pages, of 255; all of it where they have not the same size."""
    if one.size != other.size:
        return 255.0
    (mean,) = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return mean


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_paper_looks_as_it_did(kind, tmp_path):
    pages = images_of(render(kind, the_facts(kind, 5)).pdf, tmp_path)
    files = [STORED / f"{kind.id}-{number}.png" for number in range(1, len(pages) + 1)]
    if os.environ.get("CONVERSION_STORE_PAGES"):
        STORED.mkdir(exist_ok=True)
        for page, file in zip(pages, files, strict=True):
            page.save(file, optimize=True)

    assert files == sorted(STORED.glob(f"{kind.id}-*.png"))
    for page, file in zip(pages, files, strict=True):
        assert difference(page, Image.open(file)) < TOLERANCE, f"{file.name} looks otherwise"


def test_no_picture_is_stored_of_a_paper_that_is_no_more():
    kinds = {file.stem.rpartition("-")[0] for file in STORED.glob("*.png")}

    assert kinds == {kind.id for kind in KINDS}


def test_a_line_that_is_gone_is_seen(tmp_path):
    (page, *_) = images_of(render(KINDS[0], the_facts(KINDS[0], 5)).pdf, tmp_path)
    without = page.copy()
    dark = page.point(lambda shade: 255 if shade < 200 else 0)
    box = dark.getbbox()
    assert box
    left, top, right, _ = box
    without.paste(255, (left, top, right, top + 30))

    assert difference(page, without) > TOLERANCE
    assert difference(page, page) == 0
