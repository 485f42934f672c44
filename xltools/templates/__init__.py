"""The official templates: list them, find the blank workbooks, write one for a year."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from xltools.errors import InputError, TemplateError
from xltools.templates.description import dated, load, names, year_of

__all__ = ["Template", "build", "describe", "folder", "names", "path", "write"]


@dataclass(frozen=True, slots=True)
class Template:
    """What the list of templates says of one: name, Chinese title, form, region, basis, years, and the default year."""

    name: str
    title: str
    form: str
    region: str
    basis: str
    years: str
    year: int


def describe() -> list[Template]:
    """All official templates, by name."""
    return [
        Template(found.name, found.title, found.kind, found.region, found.basis, found.years, found.year)
        for found in map(load, names())
    ]


def build(name: str, *, year: int | None = None) -> bytes:
    """A blank official template as the bytes of an .xlsx; see `xltools.templates.workbook.build`."""
    from xltools.templates.workbook import build as built

    return built(name, year=year)


def folder() -> Path:
    """The folder of the ready-made blank workbooks: inside the installed package, or beside it in a source tree.

    Raises TemplateError where neither is there.
    """
    package = Path(str(files("xltools")))
    for place in (package / "workbooks" / "templates", package.parent / "workbooks" / "templates"):
        if place.is_dir():
            return place
    raise TemplateError("找不到随附的模板，请重新安装 xltools / the template folder is missing, reinstall xltools")


def path(name: str) -> Path:
    """The ready-made blank workbook of a template, for its default year.

    Raises TemplateError for an unknown name or a missing file.
    """
    found = folder() / f"{load(name).name}.xlsx"
    if not found.is_file():
        raise TemplateError(f"缺少模板文件 {found}，请重新安装 xltools / {found} is missing, reinstall xltools")
    return found


def write(name: str, target: str | Path, year: int | None = None, force: bool = False) -> Path:
    """Write a blank official template to a file; returns the file's path.

    A `target` that is a folder gets the template's own file name. The ready-made workbook is copied; for another than
    its default year only the texts that name the year differ. Raises TemplateError for an unknown name or year, and
    InputError where the file is there already (unless `force`) or cannot be written.
    """
    description = load(name)
    chosen = year_of(description, year)
    file = Path(target)
    if file.is_dir():
        file = file / f"{name}.xlsx"
    if file.exists() and not force:
        raise InputError(f"{file} 已存在，未覆盖 / {file} exists already and was not overwritten")
    data = path(name).read_bytes()
    if chosen != description.year:
        from xltools.templates.package import renamed

        texts = zip(dated(description, description.year), dated(description, chosen), strict=True)
        data = renamed(data, dict(texts))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.part")
        unfinished.write_bytes(data)
        unfinished.replace(file)
    except OSError as error:
        raise InputError(f"无法写入 {file}：{error.strerror} / cannot write {file}: {error.strerror}") from error
    return file
