"""Templates are filled strictly."""

import pytest

from conversion.documents.kinds import KINDS, kind_of
from conversion.documents.location import templates_folder
from conversion.documents.template import environment, fill
from conversion.errors import DocumentRefused
from tests.documents.papers import a_page, the_facts


def test_a_fact_that_the_paper_does_not_have_is_refused(tmp_path):
    kind = a_page(tmp_path, "{{ facts.salary }}")

    with pytest.raises(DocumentRefused) as refused:
        fill(kind, the_facts(kind), tmp_path)

    assert "salary" in refused.value.found


def test_areas_amounts_and_days_are_printed_as_papers_do(tmp_path):
    kind = a_page(
        tmp_path,
        "{{ facts.day | day }} {{ none | day }} {{ 33127 | mu }} {{ 12000 | square_metres }} {{ 2000 | yuan }} {{ 1047 | words }}",
    )

    page = fill(kind, the_facts(kind), tmp_path)

    assert "<body>2009年10月12日  3.31 120.00 20.00 壹仟零肆拾柒</body>" in page


def test_no_template_switches_escaping_off():
    sources = {path.name: path.read_text(encoding="utf-8") for path in templates_folder().iterdir()}

    assert not [n for n, s in sources.items() if "|safe" in s.replace(" ", "") or "autoescape" in s]
    assert environment(templates_folder()).autoescape is True


def test_every_kind_has_its_template_and_its_own_series():
    assert all((templates_folder() / kind.template).is_file() for kind in KINDS)
    assert len({kind.series for kind in KINDS}) == len({kind.id for kind in KINDS}) == len(KINDS)
    assert all(kind_of(kind.id) is kind for kind in KINDS)
