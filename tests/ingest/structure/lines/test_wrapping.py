"""How wide lines are, and at which width a text is wrapped."""

from ingest.structure.lines.wrapping import Line, breaks_number, cells, wrap_width
from ingest.types import Span


def line(text: str, number: int = 1) -> Line:
    return Line(number, (Span(0, len(text)),), text, cells(text), indented=False)


def test_width_counts_latin_letters_half() -> None:
    assert cells("辖 7个镇") == 4
    assert cells("") == 0


def test_too_few_lines_tell_no_width() -> None:
    assert wrap_width([]) is None


def test_a_few_lines_that_stop_in_mid_sentence_tell_it() -> None:
    stopped = [line("对新建仓储项目按照每平方米二十元的标准给予一次性建设补助，"), line("每个项目最高三百万元。")]

    assert wrap_width(stopped) == cells(stopped[0].text)
    assert wrap_width([line("对新建仓储项目按照每平方米二十元的标准给予一次性建设补助。"), stopped[1]]) is None


def test_a_number_goes_on_in_the_next_line() -> None:
    assert breaks_number(line("每年补助1,"), line("500元"))
    assert not breaks_number(line("共12"), line("家企业"))
