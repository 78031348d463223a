from bot.match.sums.printed import figures_in


def test_words_are_read_once() -> None:
    assert [figure.text for figure in figures_in("每年最高500万元")] == ["500万元"]
    assert figures_in("每年最高500万元") is figures_in("每年最高500万元")
