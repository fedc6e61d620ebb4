"""Defects of the plan itself: which columns it has and what its amounts are."""

from __future__ import annotations

from decimal import Decimal

from tests.messy.plan import ALLOCATED, NO_BUDGET, PROVINCES, Book, Column, Key, random_amount, set_money

FLOW = {
    "requested": "คำของบประมาณ",
    "allocated": "ได้รับจัดสรร",
    "transferred": "โอน (+/-)",
    "net_allocated": "งบประมาณสุทธิ",
    "disbursed": "เบิกจ่าย",
    "committed": "ผูกพัน",
    "remaining": "คงเหลือ",
}


def several_measures(book: Book) -> None:
    """Every stage of money side by side, with the percentage at the end."""
    set_money(book, [((words,), Key(measure)) for measure, words in FLOW.items()])
    _balance(book)
    _add_percent(book, Key("disbursed"), Key("net_allocated"))


def percent_column(book: Book) -> None:
    """A percentage between amounts."""
    set_money(book, [((ALLOCATED,), Key("allocated")), (("เบิกจ่ายแล้ว",), Key("disbursed"))])
    _add_percent(book, Key("disbursed"), Key("allocated"))


def bare_budget(book: Book) -> None:
    """A bare งบประมาณ, which does not say which stage."""
    set_money(book, [(("งบประมาณ",), Key("budget"))])


def expense_categories(book: Book) -> None:
    """Expense categories as columns under the measure, and their sum."""
    names = ("งบดำเนินงาน", "งบลงทุน", "งบรายจ่ายอื่น")
    set_money(book, [((ALLOCATED, name), Key("allocated", part=name)) for name in names])
    sum_parts(book, Key("allocated"), (ALLOCATED, "รวม"))


def groups_of_two_rows(book: Book) -> None:
    """A head of two rows: a group over the amounts."""
    heads = {"requested": "คำขอ", "allocated": "ได้รับจัดสรร", "disbursed": "เบิกจ่าย"}
    set_money(book, [(("งบประมาณ", words), Key(measure)) for measure, words in heads.items()])


def groups_of_three_rows(book: Book) -> None:
    """A head of three rows: groups in groups."""
    group = "งบประมาณ"
    set_money(
        book,
        [
            ((group, "คำขอ"), Key("requested")),
            ((group, "ผลการดำเนินงาน", "ได้รับจัดสรร"), Key("allocated")),
            ((group, "ผลการดำเนินงาน", "เบิกจ่าย"), Key("disbursed")),
        ],
    )


def blank_amounts(book: Book) -> None:
    """Amounts that are left blank: no truth for them."""
    _spoil(book, [None])


def dash_amounts(book: Book) -> None:
    """Amounts that are a dash: no truth for them."""
    _spoil(book, ["-", "  -   "])


def unreadable_amounts(book: Book) -> None:
    """Amounts that could mean two things: no truth for them."""
    _spoil(book, ["7,863,52", "ประมาณ 5 แสน"])


def words_for_no_budget(book: Book) -> None:
    """Projects that say that they use no budget: zero baht."""
    _spoil(book, [NO_BUDGET])


def amounts_with_satang(book: Book) -> None:
    """Amounts with satang."""
    for project in book.projects:
        project.amounts = {
            key: amount + Decimal(book.rng.randrange(1, 100)) / 100 if isinstance(amount, Decimal) else amount
            for key, amount in project.amounts.items()
        }


def names_that_begin_with_total(book: Book) -> None:
    """Projects whose name begins with รวม."""
    names = ("รวมพลังชุมชนป้องกันยาเสพติด", "รวมใจภักดิ์รักษ์ยุติธรรม", "รวมน้ำใจสู่ผู้พ้นโทษ")
    for name, project in zip(names, book.projects[1:], strict=False):
        project.name = name


def equal_rows(book: Book) -> None:
    """Two rows that are equal but for their number: two projects."""
    book.projects.insert(2, book.projects[1])


def without_running_numbers(book: Book) -> None:
    """No column of running numbers."""
    del book.columns[book.index("no")]


def unknown_columns(book: Book) -> None:
    """Columns that no form knows, with texts and with numbers."""
    book.columns.insert(2, Column(("เลขที่หนังสือนำส่ง",), field="letter"))
    book.columns.append(Column(("จำนวนผู้เข้าร่วม (คน)",), field="people"))
    for number, project in enumerate(book.projects):
        project.fields |= {"letter": f"ยธ {number + 11}/ว", "people": book.rng.randrange(20, 400)}


def people_responsible(book: Book) -> None:
    """Who is responsible, with made-up names and telephones."""
    first = ("สมมติ", "นามสมมุติ", "ตัวอย่าง")
    book.columns.append(Column(("ผู้รับผิดชอบ",), field="person"))
    for number, project in enumerate(book.projects):
        name, phone = f"{first[number % 3]} ทดสอบระบบ", f"081-555-{1000 + number * 7}"
        project.fields["person"] = f"นาย{name} โทร. {phone}"
        book.personal += [name, phone]


def province_in_column(book: Book) -> None:
    """A column of provinces."""
    book.province_in = "column"
    book.columns.insert(1, Column(("จังหวัด",), field="province"))
    for project in book.projects:
        project.province = book.rng.choice(sorted(PROVINCES))


def province_in_runs(book: Book) -> None:
    """A column of provinces, the projects of one below the other."""
    province_in_column(book)
    codes = book.rng.sample(sorted(PROVINCES), 3)
    for number, project in enumerate(book.projects):
        project.province = codes[number * 3 // len(book.projects)]


def province_by_other_names(book: Book) -> None:
    """A column of provinces by the names that people use."""
    province_in_column(book)
    names = {"30": "โคราช", "10": "กทม.", "14": "จ.อยุธยา", "83": "จังหวัดภูเก็ต", "80": "นครศรีฯ", "84": "สุราษฎร์ฯ"}
    for project in book.projects:
        project.province = book.rng.choice(sorted(names))
        project.fields["province"] = names[project.province]


def year_in_column_in_words(book: Book) -> None:
    """A column of fiscal years with words around, or in Thai digits."""
    year_in_column(book)
    styles = ("ปีงบประมาณ พ.ศ. {}", "พ.ศ. {}", "ปี {}")
    for project in book.projects:
        project.fields["year"] = book.rng.choice(styles).format(project.year)


def year_in_column(book: Book) -> None:
    """A column of fiscal years."""
    _set_year_column(book)
    for project in book.projects:
        project.year = book.rng.randint(2563, 2567)


def year_in_column_two_digits(book: Book) -> None:
    """A column of fiscal years of two digits."""
    year_in_column(book)
    for project in book.projects:
        project.fields["year"] = f"{project.year % 100}"


def activities_in_rows_below(book: Book) -> None:
    """Activities in rows below a project, whose amounts sum to the project's own."""
    key = Key("allocated")
    for project in book.projects[::3]:
        parts = [random_amount(book.rng) for _ in range(2)]
        project.amounts[key] = sum(parts, Decimal(0))
        project.activities = [
            (f"- กิจกรรมที่ {number} ประชุมคณะทำงาน", {key: part}) for number, part in enumerate(parts, start=1)
        ]


def name_merged_over_activities(book: Book) -> None:
    """A project's name and its amount merged down over rows of activities."""
    _add_activity_column(book)
    for project in book.projects:
        project.activities = [(text, {}) for text in _activity_texts(book)]


def name_merged_over_amounts(book: Book) -> None:
    """A project's name merged down over activities, each with an amount: the project's is their sum."""
    _add_activity_column(book)
    key = Key("allocated")
    for project in book.projects:
        project.activities = [(text, {key: random_amount(book.rng)}) for text in _activity_texts(book)]
        project.amounts[key] = sum((amounts[key] for _, amounts in project.activities), Decimal(0))


def sum_parts(book: Book, key: Key, path: tuple[str, ...]) -> None:
    """Add the column of the year that sums the parts."""
    book.columns.append(Column(path, key=key))
    for project in book.projects:
        project.amounts[key] = sum(project.amounts.values(), Decimal(0))  # type: ignore[arg-type]


def _balance(book: Book) -> None:
    """Make the stages agree: net = allocated + transferred, remaining = net - disbursed - committed."""
    for project in book.projects:
        allocated = random_amount(book.rng) + 100_000
        moved = allocated * book.rng.choice((-1, 0, 1)) / 10
        paid, bound = (allocated / part for part in (2, 4))
        net = allocated + moved
        project.amounts |= dict(
            zip(
                [Key(measure) for measure in ("allocated", "transferred", "net_allocated")],
                (allocated, moved, net),
                strict=True,
            )
        )
        project.amounts |= {Key("disbursed"): paid, Key("committed"): bound}
        project.amounts[Key("remaining")] = net - paid - bound


def _add_percent(book: Book, part: Key, whole: Key) -> None:
    """Add the percentage of one amount in another."""
    add_field(
        book, ("ร้อยละการเบิกจ่าย",), "percent", lambda amounts: round(amounts[part] * 100 / amounts[whole], 2)
    )


def add_field(book: Book, path: tuple[str, ...], name: str, compute: object) -> None:
    """Add a column that is computed of a project's amounts and is no truth."""
    book.columns.append(Column(path, field=name))
    for project in book.projects:
        project.fields[name] = compute(project.amounts)  # type: ignore[operator]


def _spoil(book: Book, texts: list[str | None]) -> None:
    """Put texts in place of all amounts of some projects."""
    chosen = book.rng.sample(range(len(book.projects)), 3)
    for place, number in enumerate(chosen):
        project = book.projects[number]
        project.amounts = dict.fromkeys(project.amounts, texts[place % len(texts)])


def _set_year_column(book: Book) -> None:
    """Add the column of years."""
    book.year_in = "column"
    book.columns.insert(1, Column(("ปีงบประมาณ",), field="year"))


def _add_activity_column(book: Book) -> None:
    """Add the column of activities beside the name."""
    book.columns.insert(book.index("name") + 1, Column(("กิจกรรม",), field="activity"))
    for project in book.projects:
        project.fields["activity"] = None


def _activity_texts(book: Book) -> list[str]:
    """Two or three activities."""
    texts = ("ประชุมคณะทำงาน", "จัดอบรม", "สรุปผลและรายงาน")
    return list(texts[: book.rng.randint(2, 3)])
