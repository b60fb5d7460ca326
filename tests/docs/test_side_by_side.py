"""The page that shows a household under both packs says what is computed today."""

from conversion.cli.side_by_side import page, side_by_side_results
from tests.docs.recipe import ROOT


def test_the_page_is_what_the_packs_give():
    written = (ROOT / "docs" / "side-by-side.md").read_text(encoding="utf-8")

    assert written == page(side_by_side_results()), (
        "run `conversion policy side-by-side --markdown > docs/side-by-side.md`"
    )
