"""A simulation as a picture: what part of all shares each tenth of the households has.

The picture is one SVG file that runs no script and fetches nothing, the same bytes every time.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

from conversion.errors import WrongUse
from conversion.policy.distribution import TENTHS
from conversion.policy.simulation import Outcome
from conversion.services.simulation import SimulationReport
from conversion.standards import fixed_point

_COLOURS = ("#1f4e79", "#c55a11")
_FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
_WIDTH, _HEIGHT = 960, 560
_LEFT, _TOP, _GROUP, _PLOT = 40, 80, 88, 360
_BASE = _TOP + _PLOT
_BAR, _GAP = 36, 6


def write_chart(report: SimulationReport, path: Path) -> None:
    """Draw how the shares lie, beside the other plan if there is one.

    Raises:
        WrongUse: the file can't be written.
    """
    try:
        path.write_bytes(draw(report))
    except OSError as error:
        raise WrongUse(f"写出 {path}", "不能写入", "换一个文件夹") from error


def draw(report: SimulationReport) -> bytes:
    """The picture's bytes."""
    outcomes = (report.outcome, *((report.against,) if report.against else ()))
    box = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_WIDTH} {_HEIGHT}"}
    root = ET.Element("svg", box | {"font-family": _FONT, "font-size": "14"})
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "white"})
    _write(root, f"{report.village}折股方案试算：各户份额的分布", (_WIDTH // 2, 34), size=20)
    most = max((part for o in outcomes for part in o.of_households.tenths), default=Fraction(1))
    for place, outcome in enumerate(outcomes):
        _draw_bars(root, place, outcome.of_households.tenths, most)
    _draw_legend(root, outcomes)
    drawn: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _draw_bars(root: ET.Element, place: int, parts: Sequence[Fraction], most: Fraction) -> None:
    for tenth, (part, height) in enumerate(zip(parts, _heights(parts, most), strict=True)):
        left = _LEFT + tenth * _GROUP + place * (_BAR + _GAP)
        bar = {"x": left, "y": _BASE - height, "width": _BAR, "height": height}
        told = {name: str(value) for name, value in bar.items()} | {"fill": _COLOURS[place]}
        ET.SubElement(root, "rect", told)
        _write(root, _percent(part), (left + _BAR // 2, _BASE - height - 6), size=11)


def _heights(parts: Sequence[Fraction], most: Fraction) -> Iterator[int]:
    return (round(part / most * _PLOT) for part in parts)


def _draw_legend(root: ET.Element, outcomes: Sequence[Outcome]) -> None:
    for tenth in range(TENTHS):
        _write(root, f"第{tenth + 1}组", (_LEFT + tenth * _GROUP + _BAR, _BASE + 24))
    words = "各户按份额从少到多排列，每十分之一为一组；柱高是这一组的户占全部成员份额的百分比"
    _write(root, words, (_WIDTH // 2, _BASE + 54))
    for place, outcome in enumerate(outcomes):
        top = _BASE + 68 + place * 24
        mark = {"x": str(_LEFT), "y": str(top), "width": "18", "height": "14"}
        ET.SubElement(root, "rect", mark | {"fill": _COLOURS[place]})
        _write(root, outcome.plan.title, (_LEFT + 26, top + 12), anchor="start")


def _write(
    root: ET.Element, words: str, at: tuple[int, int], *, size: int = 14, anchor: str = "middle"
) -> None:
    place = {"x": str(at[0]), "y": str(at[1]), "font-size": str(size), "text-anchor": anchor}
    ET.SubElement(root, "text", place).text = words


def _percent(part: Fraction) -> str:
    hundredths = part * 10**4
    rounded = fixed_point.divide_half_up(hundredths.numerator, hundredths.denominator)
    return f"{fixed_point.to_text(rounded, places=2)}%"
