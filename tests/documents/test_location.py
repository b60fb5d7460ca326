"""The templates are found in a checkout and in an installed package."""

import pytest

from conversion.documents import location
from conversion.documents.location import templates_folder
from conversion.errors import SetupIncomplete


def test_a_checkout_has_its_templates_at_the_top():
    assert (templates_folder() / "_page.html").is_file()


def test_an_installed_package_carries_its_templates(monkeypatch, tmp_path):
    (tmp_path / "templates" / "documents").mkdir(parents=True)
    monkeypatch.setattr(location, "_PACKAGE", tmp_path)

    assert templates_folder() == tmp_path / "templates" / "documents"


def test_missing_templates_are_said(monkeypatch, tmp_path):
    monkeypatch.setattr(location, "_PACKAGE", tmp_path / "package")

    with pytest.raises(SetupIncomplete):
        templates_folder()
