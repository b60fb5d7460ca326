"""Whatever a name is written with prints, and is read back from the paper as it was written."""

import subprocess

import pytest
from fontTools.ttLib import TTFont

from conversion.documents.faces import installed_chain
from conversion.documents.kinds import kind_of
from conversion.documents.render import render
from conversion.standards.general_character import LEVELS, general_characters
from tests.documents.papers import a_page, opened, text_of, the_facts

HUKOU = kind_of("hukou_certificate")
OF_VILLAGES = "塱垌岽崀凼氹㙟㘵圐圙岇埗涌畲坶㮾𣒍𮧵𡌶𡶃𠙶𠮶𡐓𡋾𢌱"
"""Characters of village names that dictionaries of daily use leave out, some of extensions B to H."""

FACES = {"宋体": "Conversion Song", "小标宋": "Conversion Title", "黑体": "Conversion Hei"}


def test_the_table_has_three_levels_and_each_character_once():
    characters = general_characters()

    assert len(characters) == len(set(characters)) == sum(LEVELS) == 8105
    assert (characters[3499], characters[3500], characters[6500]) == ("矗", "乂", "亍")


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_every_character_of_the_national_table_prints_and_reads_back(face, tmp_path):
    everything = "".join(general_characters())
    kind = a_page(tmp_path, f"<p>{everything}</p>", f'p {{ font-family: "{face}" }}')

    rendering = render(kind, the_facts(HUKOU), tmp_path)

    assert text_of(rendering) == everything
    assert read_by_poppler(rendering.pdf) == everything
    (font,) = fonts_of(rendering)
    assert font.split("+")[1].startswith(face.replace(" ", "-"))


def test_the_characters_of_village_names_print_and_read_back(tmp_path):
    kind = a_page(tmp_path, f"<p>{OF_VILLAGES}</p>")

    rendering = render(kind, the_facts(HUKOU), tmp_path)

    assert text_of(rendering) == read_by_poppler(rendering.pdf) == OF_VILLAGES


def test_a_face_of_its_own_draws_each_character_of_the_table():
    chain = installed_chain()
    needed = set(map(ord, general_characters()))
    for face in (chain.song, chain.title, chain.hei):
        drawn = TTFont(face.file, fontNumber=face.index).getBestCmap()
        assert all(drawn[code] != ".notdef" for code in needed)


def read_by_poppler(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return "".join(done.stdout.decode().split())


def fonts_of(rendering) -> set[str]:
    """The base names of all fonts on all pages."""
    return {
        font.get_object()["/BaseFont"]
        for page in opened(rendering).pages
        for font in page["/Resources"]["/Font"].values()
    }
