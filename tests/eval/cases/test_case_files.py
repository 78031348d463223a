from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from eval.cases import case_files
from eval.cases.case_files import load_cases, read_rows, write_cases
from eval.cases.case_table import CHINESE_HEADS
from eval.cases.cases import FIELDS, Case, Evidence
from ingest.errors import EvaluationUnusable

DEV = Path(__file__).resolve().parents[3] / "eval" / "questions" / "dev.jsonl"

ODD = (
    Case("o1", ('=HYPERLINK("x")', "+86"), note="-1", must_not=("@某人",)),
    Case("o2", ("两行\n一个问题",), answer=(("20-25万 | 元", "[1]"), ("2.06",))),
    Case("o3", ("\u3000 ",), kind="unanswerable:garbage"),
    Case("o4", ("[方括号]",), evidence=(Evidence("引文 | 带竖线", "文件", ""), Evidence('“逗号”,引号"')), repeat=40),
    Case("o5", ("'apostrophe",), note="'=1"),
)


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx"])
def test_every_format_reads_back_what_it_wrote(tmp_path: Path, ending: str) -> None:
    cases = (*load_cases([DEV]), *ODD)
    write_cases(cases, tmp_path / f"all{ending}")
    assert load_cases([tmp_path / f"all{ending}"]) == cases
    assert [path.name for path in tmp_path.iterdir()] == [f"all{ending}"]


def test_an_exported_table_runs_no_formula(tmp_path: Path) -> None:
    write_cases([Case("a", ("=1+1",), note="@SUM(A1)")], tmp_path / "a.csv")
    assert "'=1+1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert ",=1+1" not in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_table_is_written_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        'id,turns,kind,evidence,answer\nA1,"自来水\n工商业用水多少钱",multi-turn,'
        '"——工商业用水：10.4元/吨 | 投资要素成本 | 4.","10.4元 | 10.4块\n1.4元"\n',
        encoding="utf-8",
    )
    (case,) = load_cases([path])
    assert case.turns == ("自来水", "工商业用水多少钱")
    assert case.evidence == (Evidence("——工商业用水：10.4元/吨", "投资要素成本", "4."),)
    assert case.answer == (("10.4元", "10.4块"), ("1.4元",))


def test_csv_of_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "set.csv").write_bytes("id,turns\nA1,居民天然气三档价格分别是多少？\n".encode("gb18030"))
    assert load_cases([tmp_path / "set.csv"])[0].turns == ("居民天然气三档价格分别是多少？",)


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes('\ufeff{"id": "a", "turns": ["问"]}\r\n\r\n{"id": "b", "turns": ["问"]}\r\n'.encode())
    assert [(number, row["id"]) for number, row in read_rows(path)] == [(1, "a"), (3, "b")]


def line(number: int) -> str:
    return json.dumps({"id": f"q{number}", "turns": ["怎么申请？"]}, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "s.jsonl",
            "".join(map(line, range(811))) + '{"id": "x", "turns"\n',
            r"s\.jsonl, row 812: broken JSON at char",
        ),
        ("s.jsonl", line(1) + line(2) + line(1), r"row 3: id \"q1\" stands twice; .* s\.jsonl, row 1"),
        ("s.jsonl", "", "holds no question"),
        ("s.jsonl", "\n \n", "holds no question"),
        ("s.jsonl", "[1]\n", "row 1: a row must be a JSON object"),
        ("s.jsonl", "[" * 100_000, "row 1: broken JSON"),
        ("s.jsonl", line(1) + '{"id": "b", "turns": "问"}', 'row 2: "turns" must be a list'),
        ("s.csv", "", "holds no question"),
        ("s.csv", "id,turns\n", "holds no question"),
        ("s.csv", "id,question\nA1,问\n", 'row 1: the head has no column "turns"'),
        ("s.csv", "id,turns,turns\nA1,问,问\n", 'row 1: the column "turns" stands twice'),
        ("s.csv", "id,turns\nA1,问\nA2,问,多了,\n", "row 3: 4 cells stand under 2 column heads"),
        ("s.csv", 'id,turns,answer\nA1,问,"[[""10亿"""\n', 'row 2: the cell "answer" begins with'),
        ("s.csv", "id,turns,repeat\nA1,问,很多\n", 'row 2: "repeat" must be a whole number'),
        ("s.csv", 'id,turns\nA1,"问\n一"\nA2,"问\nA3,问\nA4,问\n', "row 3: broken CSV"),  # where it was opened
        ("s.jsonl", line(1) + '{"id": "b", "turns": ["\\ud83d"]}', 'row 2: "turns" holds half a character'),
        ("s.jsonl", '{"id": "\\udc00", "turns": ["问"]}', 'row 1: "id" holds half a character'),
        ("s.txt", "A1 问", "no question set"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_row(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=message):
        load_cases([tmp_path / name])


@pytest.mark.parametrize(("name", "row"), [("s.jsonl", "row 2"), ("s.csv", "row 1")])
def test_text_in_no_known_encoding_is_refused(tmp_path: Path, name: str, row: str) -> None:
    (tmp_path / name).write_bytes(line(1).encode() + b'{"id": "\xff\xff"}\n')
    with pytest.raises(EvaluationUnusable, match="UTF-8"):
        load_cases([tmp_path / name])


def test_columns_may_be_called_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "题.csv").write_text(
        "题号, 问题 ,依据,答案,类别,备注\n7,怎么申请？,向旗商务局申请,旗商务局 | 商务局,single,例会\n", encoding="utf-8"
    )
    (case,) = load_cases([tmp_path / "题.csv"])
    assert (case.id, case.turns, case.kind, case.note) == ("7", ("怎么申请？",), "single", "例会")
    assert case.evidence[0].quote == "向旗商务局申请"
    assert case.answer == (("旗商务局", "商务局"),)


def test_every_field_has_a_chinese_name_and_no_name_is_of_two() -> None:
    heads = [head for names in CHINESE_HEADS.values() for head in names]
    assert set(CHINESE_HEADS) == set(FIELDS)
    assert len(heads) == len(set(heads))
    documented = (DEV.parents[2] / "docs" / "evaluation.md").read_text("utf-8")
    for name, names in CHINESE_HEADS.items():
        assert f"| `{name}` | {', '.join(names)} |" in documented, "the list in the documentation"


def test_a_field_called_twice_in_two_languages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("id,turns,问题\nA1,问,问\n", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match='the column "turns" stands twice'):
        load_cases([tmp_path / "s.csv"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationUnusable, match="There is no question set"):
        load_cases([tmp_path / "none.jsonl"])


def test_an_id_may_not_stand_in_two_sets(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(line(1), encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=r"b\.jsonl, row 1: id .* a\.jsonl, row 1"):
        load_cases([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])


def test_a_file_of_200000_rows_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("".join(map(line, range(200_000))), encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(EvaluationUnusable, match=r"row 50001: a question set holds at most 50,000 questions"):
        for _ in read_rows(path):
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_an_endless_row_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_files, "LONGEST_ROW", 100)
    (tmp_path / "s.jsonl").write_text(line(1) + '{"id": "' + "x" * 200, encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match="row 2: the row is longer than 100"):
        load_cases([tmp_path / "s.jsonl"])


def merged(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.append(["id", "turns"])
    sheet.append(["A1", "自来水"])
    sheet.append(["", "工商业用水多少钱"])
    sheet.merge_cells("A2:A3")


def dated(book: Workbook) -> None:
    book.worksheets[0].append(["id", "turns", "answer"])
    book.worksheets[0].append(["A1", "哪天到期", date(2025, 12, 31)])


def with_error(book: Workbook) -> None:
    book.worksheets[0].append(["id", "turns"])
    book.worksheets[0].append(["A1", "#REF!"])


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        (merged, r"s\.xlsx, row 2: the cells A2:A3 are merged"),
        (dated, r"s\.xlsx, row 2: the cell 2025-12-31 00:00:00 is a date"),
        (with_error, r"s\.xlsx, row 2: the cell shows the spreadsheet error #REF!"),
        (lambda book: None, "holds no question"),
    ],
)
def test_a_faulty_workbook_is_refused(tmp_path: Path, fill: Callable[[Workbook], None], message: str) -> None:
    book = Workbook()
    fill(book)
    book.save(tmp_path / "s.xlsx")
    with pytest.raises(EvaluationUnusable, match=message):
        load_cases([tmp_path / "s.xlsx"])


def test_numbers_in_a_workbook_are_read_as_printed(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["id", "turns", "answer"], [12, "多少钱一吨", 10.4], ["13", "几年", 3]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "s.xlsx")
    assert [(case.id, case.answer) for case in load_cases([tmp_path / "s.xlsx"])] == [
        ("12", (("10.4",),)),
        ("13", (("3",),)),
    ]


@pytest.mark.parametrize("content", [b"", b"id,turns\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.xlsx").write_bytes(content)
    with pytest.raises(EvaluationUnusable, match="XLSX workbook"):
        load_cases([tmp_path / "s.xlsx"])


def test_what_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvaluationUnusable, match="control character"):
        write_cases([Case("a", ("\x07",))], tmp_path / "s.xlsx")
    with pytest.raises(EvaluationUnusable, match="ending"):
        write_cases([Case("a", ("问",))], tmp_path / "s.pdf")
    with pytest.raises(EvaluationUnusable, match="no folder"):
        write_cases([Case("a", ("问",))], tmp_path / "none" / "s.csv")
    assert list(tmp_path.iterdir()) == []
