"""`mentorship explain`: the long text of a finding's code."""

import pytest

from mentorship_action.cli import main
from mentorship_action.errors import Exit
from mentorship_action.reporting.explanations import explanations


def test_explain_tells_the_long_text_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Unknown-Zone"]) == Exit.DONE
    assert explanations()["unknown-zone"].why in capsys.readouterr().out


def test_explain_without_a_code_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == Exit.DONE
    out = capsys.readouterr().out
    assert all(code in out for code in explanations())


def test_explain_asks_which_code_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "unknwon-zone"]) == Exit.USAGE
    assert "Did you mean unknown-zone?" in capsys.readouterr().err
