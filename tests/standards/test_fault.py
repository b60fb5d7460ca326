"""An error stops a row; a warning only asks for a second look."""

from conversion.standards.fault import Fault, Severity, error, warning


def test_only_errors_stop_a_row():
    assert error("a.b", "错。").is_error
    assert not warning("a.b", "看。").is_error


def test_a_fault_says_how_far_it_goes_in_the_words_the_json_uses():
    assert error("a.b", "错。") == Fault(code="a.b", severity=Severity.ERROR, sentence="错。")
    assert [str(severity) for severity in Severity] == ["error", "warning"]


def test_the_same_fault_found_twice_is_one_fault():
    assert len({error("a.b", "错。"), error("a.b", "错。")}) == 1
