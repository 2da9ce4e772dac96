"""The command `kpi`, as a person types it."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import typer.main
from PIL import Image

from kpi.command_line import app, main
from queries import open_dataset
from tests.make_dataset import PACK, WOLVERHAMPTON, observation, write_dataset

ROOT = str(Path(__file__).resolve().parents[1])
KPI = [sys.executable, "-c", "from kpi.command_line import main; main()"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("data"))


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def kpi(*words: str, data: Path | None = None, cwd: Path | None = None) -> Ran:
    """Run the command in this process, its output piped; `kpi_alone` runs it as a person's shell does."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["kpi", *words])
        patch.setenv("COLUMNS", "80")
        if data:
            patch.setenv("KPI_DATA", str(data))
        if cwd:
            patch.chdir(cwd)
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Ran(code, out.getvalue(), err.getvalue())


def kpi_alone(*words: str, data: Path | None = None, cwd: Path | None = None) -> Ran:
    """Run the command in a process of its own with its output piped."""
    environment = os.environ | {"PYTHONPATH": ROOT, "COLUMNS": "80"} | ({"KPI_DATA": str(data)} if data else {})
    ran = subprocess.run([*KPI, *words], capture_output=True, text=True, env=environment, cwd=cwd, timeout=120)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def kpi_in_terminal(*words: str, data: Path, columns: int) -> list[str]:
    """Run the command in a terminal of that many columns -> its lines, without colours."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    environment |= {"PYTHONPATH": ROOT, "KPI_DATA": str(data), "TERM": "dumb"}
    process = subprocess.Popen([*KPI, *words], stdin=follower, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    seen = b""
    try:
        while chunk := os.read(leader, 65536):
            seen += chunk
    except OSError:  # the terminal closes with its last program
        pass
    process.wait(timeout=60)
    os.close(leader)
    return seen.decode().replace("\r\n", "\n").splitlines()


# -- help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_shows_an_example_that_it_understands(command: str) -> None:
    example = COMMANDS[command].epilog.split("\n\n")[-1]
    words = shlex.split(example)
    assert words[:2] == ["kpi", command]
    COMMANDS[command].make_context(command, words[2:])


def test_help_names_the_first_thing_to_do() -> None:
    shown = kpi("--help").stdout
    assert "kpi refresh" in shown
    assert "--install-completion" in shown


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kpi trend cla_", "cla_count"),
        ("kpi trend cla_count --area Wol", "Wolverhampton"),
        ("kpi compare --area D", "Dudley"),
    ],
)
def test_the_shell_completes_indicators_and_areas(data: Path, typed: str, offered: str) -> None:
    program = "from kpi.command_line import app; app(prog_name='kpi')"
    words = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    environment = os.environ | words | {"KPI_DATA": str(data), "PYTHONPATH": ROOT}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=60)
    assert offered in ran.stdout


def test_help_loads_nothing_slow() -> None:
    slow = "duckdb", "pandas", "pyarrow", "pypdfium2", "camelot", "prefect", "PIL"
    program = f"import sys, kpi.command_line; print([m for m in {slow} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"


def test_a_question_loads_no_data_frames() -> None:
    program = (
        "import sys; from queries.printed import trend_to_printed; from queries.exports import write_csv;"
        " import queries; print([m for m in ('pandas', 'pypdfium2', 'prefect') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"


# -- answers ---------------------------------------------------------------------------------------------------------


def test_trend_piped_is_plain_lines_never_cut(data: Path) -> None:
    ran = kpi("trend", "referrals_rate", "--area", "Wolverhampton", data=data)
    lines = ran.stdout.splitlines()
    assert lines[0] == "Referrals per 10 000 children (referrals_rate)"
    assert any("year to 31 March 2023  657.9" in line for line in lines)
    assert "wolverhampton-scrutiny-2023.pdf" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert ran.returncode == 0


def test_the_command_answers_so_in_a_process_of_its_own(data: Path) -> None:
    words = ("trend", "referrals_rate", "--area", "Wolverhampton")
    assert kpi_alone(*words, data=data) == kpi(*words, data=data)
    assert kpi_alone("trend", "nothing", data=data) == kpi("trend", "nothing", data=data)


def test_trend_tells_how_many_figures_in_doubt_it_left_out(data: Path) -> None:
    assert "1 figure in doubt left out" in kpi("trend", "cla_count", data=data).stderr
    assert "left out" not in kpi("trend", "cla_count", "--all", data=data).stderr


@pytest.mark.parametrize("columns", [80, 150])
@pytest.mark.parametrize(
    "words",
    [
        "trend referrals_rate cla_3plus_placements_pct --area wolverhampton --area dudley --area england",
        "compare --area wolverhampton",
        "find placement",
        "sql 'FROM trend'",
        "sql 'SELECT indicator, area_name, value FROM latest'",
    ],
)
def test_no_line_is_wider_than_the_terminal_and_no_number_is_broken(data: Path, words: str, columns: int) -> None:
    lines = kpi_in_terminal(*shlex.split(words), data=data, columns=columns)
    if "FROM trend" not in words:  # rows one below another print long hashes and quotes whole
        assert max(map(len, lines)) <= columns
    shown = " ".join(lines)
    assert any(number in shown for number in ("608.27", "8.5%", "cla_same_placement_2yr_pct"))
    assert "Wolverhampton" in shown or "find" in words


def test_compare_in_a_wide_terminal_is_a_grid(data: Path) -> None:
    lines = kpi_in_terminal("compare", "--area", "wolverhampton", data=data, columns=160)
    (head,) = [line for line in lines if line.startswith("Indicator")]
    assert [name for name in ("Latest", "Before", "Statistical neighbours", "West Midlands", "England") if name in head]
    (row,) = [line for line in lines if "657.9" in line]
    assert row.split()[-5:] == ["611", "608.27", "502.7", "537.7", "+46.9"]


def test_nothing_stated_is_said_and_is_no_failure(data: Path) -> None:
    ran = kpi("trend", "cla_count", "--area", "Sandwell", data=data)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "No document that was read states that" in ran.stderr


def test_find_without_a_hit_gives_the_nearest(data: Path) -> None:
    assert WOLVERHAMPTON in kpi("find", "Wolverhamton", data=data).stderr


def test_evidence_tells_what_a_person_needs_to_check(data: Path) -> None:
    (row,) = open_dataset(data).sql("SELECT * FROM trend WHERE value = 657.9").to_pylist()
    shown = kpi("evidence", row["observation_id"][:10], data=data).stdout
    for words in ("657.9", "page 4 of 20", "27 July 2023", row["quote"], "none failed", row["observation_id"]):
        assert words in shown


def test_evidence_draws_a_box_round_the_figure(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(400, 300)
    pdf.save(tmp_path / "page.pdf")
    import hashlib
    from dataclasses import replace

    digest = hashlib.sha256((tmp_path / "page.pdf").read_bytes()).hexdigest()
    document = replace(PACK, document_id=digest, location=str(tmp_path / "page.pdf"), pages=1)
    folder = write_dataset(
        tmp_path / "data", (observation(document, "cla_count", WOLVERHAMPTON, "2020", 5),), (document,)
    )
    (row,) = open_dataset(folder).sql("FROM observations").to_pylist()
    ran = kpi("evidence", row["observation_id"], "--png", str(tmp_path / "page.png"), data=folder)
    assert ran.returncode == 0, ran.stderr
    image = Image.open(tmp_path / "page.png")
    red = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == (212, 53, 28)]
    scale = image.width / 400
    xs, ys = [x / scale for x, _ in red], [y / scale for _, y in red]
    assert (round(min(xs)), round(min(ys))) == (98, 98)
    assert (round(max(xs)), round(max(ys))) == (142, 114)


def test_a_web_page_has_no_picture_and_the_command_says_so(data: Path, tmp_path: Path) -> None:
    (row,) = open_dataset(data).sql("SELECT * FROM observations WHERE page IS NULL LIMIT 1").to_pylist()
    ran = kpi("evidence", row["observation_id"], "--png", str(tmp_path / "page.png"), data=data)
    assert ran.returncode == 2
    assert "no pages" in ran.stderr


# -- files -----------------------------------------------------------------------------------------------------------


def test_out_writes_csv_with_one_line_a_figure(data: Path, tmp_path: Path) -> None:
    ran = kpi("trend", "cla_count", "--all", "--out", str(tmp_path / "t.csv"), data=data)
    assert "4 figures written" in ran.stderr
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["year"] for row in rows if row["area_name"] == "Wolverhampton"] == ["2020", "2021", "2023"]
    assert [row["checks"] for row in rows if row["year"] == "2020"] == ["low_confidence"]


def test_out_writes_parquet_with_types_kept(data: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    kpi("compare", "--area", "Wolverhampton", "--out", str(tmp_path / "c.parquet"), data=data)
    answer = pq.read_table(tmp_path / "c.parquet")
    assert str(answer.schema.field("period_end").type) == "date32[day]"
    assert answer.num_rows == 12


# -- errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("trend cla_cuont", "cla_count"),
        ("trend cla_count --area Wolverhamton", "Wolverhampton"),
        ("compare --area England", "not an authority"),
        ("sql 'DROP TABLE trend'", "read-only"),
        ("evidence ffffffff", "kpi trend"),
        ("trend cla_count --out t.pages", ".csv"),
        ("trend cla_count --out no/such/folder/t.csv", "no folder"),
    ],
)
def test_an_error_says_what_to_do_next_and_ends_with_2(data: Path, words: str, hint: str) -> None:
    ran = kpi(*shlex.split(words), data=data)
    assert ran.returncode == 2
    assert hint in ran.stderr
    assert "Traceback" not in ran.stderr


def test_without_a_dataset_every_question_names_refresh(tmp_path: Path) -> None:
    ran = kpi("trend", "cla_count", cwd=tmp_path)
    assert ran.returncode == 2
    assert "kpi refresh" in ran.stderr
