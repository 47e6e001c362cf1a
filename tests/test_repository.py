"""What holds for the repository as a whole: its tree, its documents, its lock files."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "balsts"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
TEXT = {"", ".cfg", ".css", ".csv", ".html", ".in", ".js", ".json", ".lock", ".md", ".py", ".sh", ".svg", ".toml",
        ".txt", ".yaml", ".yml"}  # fmt: skip
LEFT_BY_TOOLS = re.compile(
    r"(^|/)(\.[a-z_-]*cache|\.venv[a-z-]*|\.git|\.hypothesis|__pycache__|node_modules|[^/]*\.egg-info)(/|$)"
)

MOST_LINES_OF_A_FILE = 450
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_README = 40
MOST_BYTES_OF_A_PICTURE = 120_000


def files_of_the_repository() -> list[Path]:
    """Every file that is, or would be, committed."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if listed.returncode == 0:
            paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
            return sorted(path for path in paths if path.is_file())
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not LEFT_BY_TOOLS.search(path.relative_to(ROOT).as_posix())
    )


FILES = files_of_the_repository()
PYTHON_SOURCES = [path for path in FILES if path.suffix == ".py" and path.is_relative_to(SOURCE)]
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_migration(path: Path) -> bool:
    """Migrations are written by Django and never again changed; the folder they belong to describes them."""
    return "migrations" in path.parts


def folders_of_code() -> list[Path]:
    """Folders under src/balsts that hold more than an empty `__init__.py`."""
    holding = [path for path in PYTHON_SOURCES if path.name != "__init__.py" or path.stat().st_size]
    return sorted({path.parent for path in holding if not is_migration(path)})


# ------------------------------------------------------------------------------------------- what must not be there


def test_no_file_names_a_folder_of_the_machine_it_was_made_on() -> None:
    folders = "|".join(("work", "root", "opt", "home", "Users"))
    machine_path = re.compile(rf"(?<![\w.)\]}}*~/-])/(?:{folders})\b")
    found = [
        f"{named(path)}, line {number}: {line.strip()[:100]}"
        for path in FILES
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if machine_path.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_pins_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for forbidden in ("://", "--index", "--extra-index", "--find-links", "--trusted-host", "file:", " @ ", "-e "):
        assert forbidden not in text, f"{name} holds {forbidden!r}; write it again with make lock"
    requirements = text.replace("\\\n", " ").splitlines()
    for line in requirements:
        if line and not line.lstrip().startswith("#"):
            assert re.match(r"^[a-z0-9.-]+==\S+ ", line), f"{name}: no pin in {line[:60]!r}"
            assert "--hash=sha256:" in line, f"{name}: no hash in {line[:60]!r}"


# ------------------------------------------------------------------------------------------- lock and project agree


def pins_of(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))


def names_in(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in requirements}


def test_both_lock_files_pin_the_same_versions() -> None:
    run, develop = (pins_of(name) for name in LOCKS)
    assert {name: develop.get(name) for name in run} == run


def test_every_dependency_is_locked() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert names_in(PROJECT["project"]["dependencies"] + extras["build"]) <= set(pins_of(LOCKS[0]))
    assert names_in([one for extra in extras.values() for one in extra]) <= set(pins_of(LOCKS[1]))


# ------------------------------------------------------------------------------------------- the tree


def test_every_folder_of_code_is_a_package() -> None:
    without = sorted({named(path.parent) for path in PYTHON_SOURCES if not (path.parent / "__init__.py").is_file()})
    assert not without, f"Without __init__.py, so the import contracts do not see them: {', '.join(without)}"


def test_every_folder_of_code_has_a_readme_of_a_screen() -> None:
    wrong = []
    for folder in folders_of_code():
        readme = folder / "README.md"
        if not readme.is_file():
            wrong.append(f"{named(folder)} has no README.md")
        elif (lines := len(readme.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_README:
            wrong.append(f"{named(readme)} has {lines} lines; a screen is {MOST_LINES_OF_A_README}")
    assert not wrong, "\n".join(wrong)


def test_files_and_functions_stay_short() -> None:
    wrong = []
    for path in PYTHON_SOURCES:
        if is_migration(path):
            continue
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > MOST_LINES_OF_A_FILE:
            wrong.append(f"{named(path)} has {lines} lines; at most {MOST_LINES_OF_A_FILE}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    wrong.append(f"{named(path)}: {node.name} has {length} lines; at most {MOST_LINES_OF_A_FUNCTION}")
    assert not wrong, "\n".join(wrong)


def test_import_contracts_name_every_folder_there_is() -> None:
    """A folder is named by a wildcard only until it exists; its own `__init__.py` would go unchecked."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        for expression in (*contract.get("source_modules", ()), *contract.get("forbidden_modules", ())):
            folder = expression.removeprefix("balsts.").removesuffix(".**")
            if expression.endswith(".**"):
                assert not (SOURCE / folder).is_dir(), (
                    f"balsts.{folder} exists: name it without .** in {contract['id']}"
                )


def test_the_tree_is_described() -> None:
    text = (SOURCE / "README.md").read_text(encoding="utf-8")
    folders = {path.relative_to(SOURCE).parts[0] for path in PYTHON_SOURCES if path.parent != SOURCE}
    missing = [folder for folder in sorted(folders) if f"`{folder}`" not in text]
    assert not missing, f"src/balsts/README.md does not name {', '.join(missing)}"


# ------------------------------------------------------------------------------------------- documents


def links_in(document: Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    text = re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    inline = re.findall(r"\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)", text)
    references = re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, flags=re.MULTILINE)
    images = re.findall(r"<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"", text)
    return [*inline, *references, *images]


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in DOCUMENTS:
        for link in links_in(document):
            if re.match(r"[a-z]+:", link) or link.startswith("#"):
                continue
            target = document.parent / link.split("#")[0]
            if not target.exists():
                broken.append(f"{named(document)}: {link}")
    assert not broken, "\n".join(broken)


def test_every_decision_has_a_number_a_status_and_a_date() -> None:
    records = sorted(path for path in DOCUMENTS if path.parent == ROOT / "docs" / "adr" and path.name != "README.md")
    numbers = [path.name[:4] for path in records]
    assert numbers == [f"{number:04}" for number in range(1, len(records) + 1)]
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^- Status: (proposed|accepted|replaced by \d{4})", text, flags=re.MULTILINE), named(path)
        assert re.search(r"^- Date: \d{4}-\d{2}-\d{2}$", text, flags=re.MULTILINE), named(path)
        assert path.name in index, f"docs/adr/README.md does not list {path.name}"


def test_the_changelog_opens_with_the_version_of_the_package() -> None:
    headings = re.findall(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert PROJECT["project"]["version"] in [heading for heading in headings if heading != "Unreleased"][:1]


def test_pictures_say_in_words_what_they_show() -> None:
    for path in FILES:
        if path.suffix == ".svg" and path.parent == ROOT / "docs":
            text = path.read_text(encoding="utf-8")
            assert "<title" in text, named(path)
            assert "<desc" in text, named(path)
            assert 'role="img"' in text, named(path)


def test_pictures_in_documents_have_words_and_stay_small() -> None:
    for path in FILES:
        if path.suffix in (".webp", ".png", ".jpg"):
            assert path.stat().st_size <= MOST_BYTES_OF_A_PICTURE, named(path)
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        alternatives = re.findall(r"!\[([^\]]*)\]\(", text)
        for tag in re.findall(r"<img\s[^>]*>", text):
            found = re.search(r'\balt="([^"]*)"', tag)
            alternatives.append(found[1] if found else "")
        assert all(len(one) > 20 for one in alternatives), named(document)


def test_the_example_in_the_readme_is_the_file_it_names() -> None:
    example = (ROOT / "examples" / "household.yaml").read_text(encoding="utf-8")
    facts = "".join(line for line in example.splitlines(keepends=True) if not line.startswith("#"))
    assert f"```yaml\n{facts}```" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.xdist_group("repository")
def test_tests_of_a_group_are_kept_in_one_process(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("all tests are in one process")
    assert request.node.nodeid.endswith("@repository")
