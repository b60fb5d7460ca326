"""Templates, packs and the sample are found in a checkout and in an installed package."""

import pytest

from conversion import bundled as place
from conversion.bundled import bundled
from conversion.errors import SetupIncomplete


def test_a_checkout_has_its_folders_at_the_top():
    assert (bundled("templates") / "documents" / "_page.html").is_file()
    assert (bundled("policies") / "huichuan-2009" / "pack.yaml").is_file()


def test_an_installed_package_carries_them_and_looks_nowhere_else_first(monkeypatch, tmp_path):
    for folder in (tmp_path / "conversion" / "templates", tmp_path / "templates"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(place, "PACKAGE", tmp_path / "conversion")

    assert bundled("templates") == tmp_path / "conversion" / "templates"


def test_a_missing_folder_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(place, "PACKAGE", tmp_path / "conversion")

    with pytest.raises(SetupIncomplete, match="policies"):
        bundled("policies")
