"""Take the sample's public figures out of the sources: `python -m tests.sample.extract [FOLDER]`.

FOLDER holds the sources as they were published, one folder a repository; the default is ../shared/data. The
rows go to the CSVs beside this module, each with the repository and file that it was read from.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.sample.figures import CODES, Row, write_rows

BILL = "kaogeek-budget2565/csv-extraction/napatswift-coordintes/output/2022-3-13({part}).csv"
CHILD_FUND = "unisexx-ppt/import_file/childfund/app4/childfund_2014_01_16_14_59_15.xls"
POLICE = "unisexx-ppt/import_file/datapoint/crime/crime_2013_07_16_15_59_19.xls"
POPULATION = "prasertcbs-basic-dataset/PopulationByProvinces.csv"
POPULATION_BY_SEX = "extracts/dopa_population_2556.csv"
REPOSITORIES = {
    "kaogeek-budget2565": "github:kaogeek/thailand-budget-pdf2csv",
    "unisexx-ppt": "github:unisexx/ppt",
    "prasertcbs-basic-dataset": "github:prasertcbs/basic-dataset",
}
DOPA_BY_WAY_OF = "github:Ahoerstemeier/tambon DOPA2013.xml"
CE_TO_BE = 543
MEASURES_BY_SEX = {
    "ชาย (คน)": "ชาย",
    "หญิง (คน)": "หญิง",
    "รวม (คน)": "รวม",
    "จำนวนบ้าน (หลัง)": "จำนวนบ้าน",
}


def cite(path: str) -> str:
    """Name the public repository and the file in it that a path under the folder of sources stands for."""
    folder, _, rest = path.partition("/")
    return f"{REPOSITORIES[folder]} {rest}"


def collapse(value: object) -> str:
    """Write a cell as text: white space collapsed, whole numbers without a decimal point.

    >>> collapse(" ค่าจ้าง  เหมา\\n"), collapse(285000.0), collapse(311561.25)
    ('ค่าจ้าง เหมา', '285000', '311561.25')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def read_csv(path: Path) -> list[Row]:
    """Read a source CSV in UTF-8, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def extract_bill_lines(folder: Path) -> Iterator[Row]:
    """Yield the pilots' lines of volume 13 of the FY2565 budget bill, amounts in baht."""
    for part in ("1", "2"):
        path = BILL.format(part=part)
        for line in read_csv(folder / path):
            name = line["BUDGETARY_UNIT"].removeprefix("จังหวัด")
            if line["BUDGETARY_UNIT"].startswith("จังหวัด") and name in CODES:
                yield shape_bill_line(line, name, part) | {"source": f"{cite(path)} {line['ITEM_ID']}"}


def shape_bill_line(line: Row, name: str, part: str) -> dict[str, str]:
    """Shape one published line: Buddhist year, plain number, text with white space collapsed."""
    return {
        "province_code": CODES[name],
        "province_name": name,
        "fiscal_year_be": str(int(line["FISCAL_YEAR"]) + CE_TO_BE),
        "volume": f"13 ({part})",
        "page": line["REF_PAGE_NO"],
        "plan": collapse(line["BUDGET_PLAN"]),
        "output": collapse(line["OUTPUT"]),
        "project": collapse(line["PROJECT"]),
        **{f"category_{level}": collapse(line[f"CATEGORY_LV{level}"]) for level in range(1, 5)},
        "item": collapse(line["ITEM_DESCRIPTION"]),
        "amount_baht": line["AMOUNT"].replace(",", ""),
    }


def extract_child_fund(folder: Path) -> Iterator[Row]:
    """Yield the pilots' projects of the child protection fund, amounts in baht, empty where the source is."""
    columns = ("project_name", "child_type", "project_type", "organisation_type", "amount_baht")
    workbook = CalamineWorkbook.from_path(str(folder / CHILD_FUND))
    for number, cells in enumerate(workbook.get_sheet_by_index(0).to_python(), start=1):
        year, name, *rest = (collapse(cell) for cell in cells)
        if name in CODES:
            yield {
                "fiscal_year_be": year,
                "province_code": CODES[name],
                "province_name": name,
                **dict(zip(columns, rest, strict=True)),
                "source": f"{cite(CHILD_FUND)} row {number}",
            }


def extract_indicators(folder: Path) -> Iterator[Row]:
    """Yield one row per figure of the three tables of indicators."""
    yield from extract_police(folder)
    yield from extract_population(folder)
    yield from extract_population_by_sex(folder)


def extract_police(folder: Path) -> Iterator[Row]:
    """Yield cases reported and arrested, five groups in five sheets, 2545-2554."""
    workbook = CalamineWorkbook.from_path(str(folder / POLICE))
    for sheet in workbook.sheet_names:
        (title, *_), years, measures, *records = workbook.get_sheet_by_name(sheet).to_python()
        for cells in (cells for cells in records if collapse(cells[0]) in CODES):
            for column in range(1, len(cells)):
                year = collapse(years[column] or years[column - 1]).removeprefix("พ.ศ. ")
                yield figure(
                    "police_cases",
                    collapse(cells[0]),
                    year,
                    group=sheet,
                    title=collapse(title),
                    measure=collapse(measures[column]),
                    value=collapse(cells[column]),
                    unit="ไม่ระบุ",
                    source=cite(POLICE),
                )


def extract_population(folder: Path) -> Iterator[Row]:
    """Yield the registered population by year."""
    for line in read_csv(folder / POPULATION):
        for year in sorted(set(line) - {"Province"}):
            if line["Province"] in CODES:
                yield figure(
                    "population",
                    line["Province"],
                    year,
                    measure="รวม",
                    value=line[year],
                    unit="คน",
                    source=cite(POPULATION),
                )


def extract_population_by_sex(folder: Path) -> Iterator[Row]:
    """Yield the registered population of 2556 by sex, and houses."""
    for line in read_csv(folder / POPULATION_BY_SEX):
        for header, measure in MEASURES_BY_SEX.items():
            if line["จังหวัด"] in CODES:
                yield figure(
                    "population_by_sex",
                    line["จังหวัด"],
                    line["พ.ศ."],
                    measure=measure,
                    value=line[header],
                    unit=header[header.index("(") + 1 : -1],
                    source=DOPA_BY_WAY_OF,
                )


def figure(table: str, name: str, year_be: str, **rest: str) -> Row:
    """Shape one figure of a province and a year; group and title are empty where the table has none."""
    row = {"table": table, "group": "", "title": "", "province_code": CODES[name], "province_name": name}
    return row | {"year_be": year_be} | rest


def find_missing(folder: Path) -> list[str]:
    """List the source files that are not in the folder."""
    paths = [BILL.format(part=part) for part in "12"] + [CHILD_FUND, POLICE, POPULATION, POPULATION_BY_SEX]
    return [path for path in paths if not (folder / path).is_file()]


def main(arguments: Iterable[str]) -> int:
    """Write the tables of public figures; 2 where a source is missing."""
    folder = Path(next(iter(arguments), "../shared/data"))
    if missing := find_missing(folder):
        print(f"missing in {folder}: {', '.join(missing)}", file=sys.stderr)
        return 2
    write_rows("bill_lines", list(extract_bill_lines(folder)))
    write_rows("child_fund", list(extract_child_fund(folder)))
    write_rows("indicators", list(extract_indicators(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
