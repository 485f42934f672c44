"""A sheet drawn with characters: merged cells as one, wide characters counted as two, wide sheets folded."""

import re

from tests.tables import grid
from xltools.output.columns import width
from xltools.output.drawing import Pen, draw, wrapped

SMALL = """
| 自评表 | < |
| 得分 | 10 |
| ^ | 9.5 |
"""


def test_a_small_form_is_drawn_as_it_stands() -> None:
    lines = draw(grid(SMALL), {(2, 1): {"label"}, (2, 2): {"value"}}, Pen(40))
    assert lines == [
        "     A    B",
        "  ┌─────────┐",
        "1 │自评表   │",
        "  ├─────┬───┤",
        "2 │▸得分│▪10│",
        "  │     ├───┤",
        "3 │     │9.5│",
        "  └─────┴───┘",
    ]


def test_an_encoding_without_these_characters_gets_plain_ones() -> None:
    roles = {(2, 1): {"label"}, (2, 2): {"value"}, (3, 2): {"unknown"}, (1, 1): {"doubtful"}}
    text = "\n".join(draw(grid(SMALL), roles, Pen(40, ascii=True)))  # type: ignore[arg-type]
    assert re.sub("[自评表得分]", "", text).isascii()
    assert all(part in text for part in (">得分", "*10", "?9.5", "~自评表", "+-----+"))


def test_colours_change_nothing_but_the_colour() -> None:
    roles = {(2, 1): {"label"}, (3, 2): {"unknown"}}
    painted = draw(grid(SMALL), roles, Pen(40, colour=True))  # type: ignore[arg-type]
    bare = [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in painted]
    assert bare == draw(grid(SMALL), roles, Pen(40))  # type: ignore[arg-type]
    assert "\x1b[" in "".join(painted)


def test_a_sheet_fits_by_shortening_and_then_by_folding() -> None:
    wide = "| " + " | ".join(f"第{n}栏的名称很长很长很长很长" for n in range(20)) + " |"
    lines = draw(grid(wide), {}, Pen(80))
    assert max(map(width, lines)) <= 80
    heads = [line for line in lines if re.fullmatch(r"[A-Z ]+", line) and line.strip()]
    assert len(heads) > 1
    assert " ".join(heads).split() == [chr(65 + n) for n in range(20)]
    assert max(map(width, draw(grid(wide), {}, Pen(40)))) <= 40


def test_every_line_of_a_strip_is_equally_wide() -> None:
    text = "| 部门（单位）名称 | 绿地abc養護 | ½ |\n| é | 10 | … |"
    lines = draw(grid(text), {}, Pen(30))
    assert len({width(line) for line in lines[1:]}) == 1


def test_blank_rows_and_columns_are_left_out_and_numbers_stay() -> None:
    lines = draw(grid("| | | |\n| | 得分 | 10 |\n| | | |\n| | 权重 | 9 |"), {}, Pen(40))
    assert lines[0].split() == ["B", "C"]
    assert [line.split("│")[0].strip() for line in lines if "│" in line] == ["2", "4"]


def test_only_some_rows_are_drawn_on_demand() -> None:
    text = "\n".join(draw(grid("| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |"), {}, Pen(40), range(2, 3)))
    assert "乙" in text
    assert "甲" not in text
    assert "丙" not in text


def test_a_cell_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in "".join(draw(grid("| \x1b[2J得分 | 10 |"), {}, Pen(40)))


def test_a_text_is_broken_by_width_and_shortened_at_the_end() -> None:
    assert wrapped("绿地养护面积", 4, 3) == ["绿地", "养护", "面积"]
    assert wrapped("绿地养护面积", 5, 2) == ["绿地", "养护…"]
    assert wrapped("", 5, 2) == [""]
