"""A village's papers are printed side by side; a bad one stops nobody."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.hukou_certificate import HukouCertificate
from conversion.documents.kinds import kind_of
from conversion.documents.render import render
from conversion.documents.rendering import Rendering
from tests.builders import a_member
from tests.documents.papers import a_page, the_facts

HUKOU = kind_of("hukou_certificate")


class Deadly(HukouCertificate):
    """Facts that end the process that reads them, as running out of memory in C code does."""

    @property
    def end(self) -> str:
        os._exit(1)


def numbered(serial, name="张德明"):
    facts = the_facts(HUKOU, members=[a_member(name=name)])
    number = HUKOU.number("坪社", 2009, serial)
    return Job(kind=HUKOU, facts=facts.model_copy(update={"number": number}))


def with_page(job, folder, body):
    folder.mkdir()
    return replace(job, kind=a_page(folder, body), templates=folder)


def split(outcomes):
    printed = {r.number: r.sha256 for r in outcomes if isinstance(r, Rendering)}
    return printed, [f for f in outcomes if isinstance(f, Failure)]


def test_a_batch_prints_what_single_printing_prints_and_reports_the_bad_ones(tmp_path):
    left = set(Path(gettempdir()).glob("weasyprint-*"))
    jobs = [numbered(n) for n in range(1, 9)]
    bad = numbered(9, name="张\ue000")
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    slow = with_page(numbered(10), tmp_path / "slow", endless)
    batch = iter([*jobs[:4], bad, slow, *jobs[4:]])

    printed, failures = split(list(render_many(batch, workers=2, seconds=3)))

    assert printed == {j.facts.number: render(HUKOU, j.facts).sha256 for j in jobs}
    found = {f.number: f.error.found for f in failures}
    assert found.keys() == {bad.facts.number, slow.facts.number}
    assert "U+E000" in found[bad.facts.number]
    assert found[slow.facts.number] == "在限定的时间内没有排完"
    assert set(Path(gettempdir()).glob("weasyprint-*")) <= left, "workers leave no fonts behind"


def test_a_paper_that_ends_its_process_fails_alone(tmp_path):
    fine = numbered(1)
    deadly = with_page(numbered(2), tmp_path / "deadly", "{{ facts.end }}")
    deadly = replace(deadly, facts=Deadly(**deadly.facts.model_dump()))

    printed, (failure,) = split(list(render_many([deadly, fine], workers=1)))

    assert set(printed) == {fine.facts.number}
    assert failure.number == deadly.facts.number
    assert failure.error.found == "印制进程中止，多半是内存用尽"


UNGUARDED = """
from conversion.documents.batch import render_many
from conversion.errors import SetupIncomplete
from tests.documents.test_batch import numbered

try:
    print(len(list(render_many([numbered(n) for n in range(4)], workers=2))))
except SetupIncomplete as incomplete:
    print(incomplete.found)
"""


def test_when_no_worker_can_start_the_batch_gives_up_with_one_error(tmp_path):
    program = tmp_path / "unguarded.py"
    program.write_text(UNGUARDED, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(program)],
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "印制进程一启动就中止\n"


def test_an_empty_batch_is_done_at_once():
    assert list(render_many([], workers=2)) == []
