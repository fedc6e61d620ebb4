// ตารางที่เรียงได้: หัวคอลัมน์เป็นปุ่ม  ตัวเลขเรียงอย่างตัวเลข ข้อความเรียงตามพจนานุกรมไทย ยอดรวมอยู่ท้ายเสมอ
const collator = new Intl.Collator("th", { numeric: true });
const months = new Map();
for (const month of ["long", "short"]) {
  const names = new Intl.DateTimeFormat("th", { month, timeZone: "UTC" });
  for (let at = 0; at < 12; at += 1) months.set(names.format(Date.UTC(2000, at, 15)), at);
}
const MISSING = /^(|[-–—]|ไม่มี|ไม่มีข้อมูล|ไม่ประเมิน)$/;
const TOTAL = /^(รวม|ยอดรวม|รวมทั้งสิ้น|รวมทั้งหมด|ทั้งหมด)$/;

const textOf = (cell) =>
  cell.textContent.replace(/\u200b/g, "").replace(/\s+/g, " ").trim().replace(/[๐-๙]/g, (sign) => sign.charCodeAt(0) - 0x0e50);

const numberOf = (cell) => {
  if (cell.dataset.sort !== undefined) return cell.dataset.sort === "" ? NaN : Number(cell.dataset.sort);
  const text = textOf(cell);
  const day = /^(\d{1,2}) (\S+) (\d{4})$/.exec(text);
  if (day && months.has(day[2])) return Date.UTC(Number(day[3]) - 543, months.get(day[2]), Number(day[1]));
  const number = /^[-−]?\d[\d,]*(\.\d+)?/.exec(text);
  return number ? Number(number[0].replace("−", "-").replaceAll(",", "")) : NaN;
};

const compareBy = (column, rows) => {
  const cells = rows.map((row) => row.cells[column]);
  const known = cells.filter((cell) => !MISSING.test(textOf(cell)) && cell.dataset.sort !== "");
  const isNumeric = cells.some((cell) => cell.matches(".n, .number")) || known.every((cell) => !Number.isNaN(numberOf(cell)));
  return (one, other, sign) => {
    const [a, b] = [one.cells[column], other.cells[column]];
    if (!isNumeric) {
      const lacks = MISSING.test(textOf(a)) - MISSING.test(textOf(b));
      return lacks || sign * collator.compare(textOf(a), textOf(b));
    }
    const [m, n] = [numberOf(a), numberOf(b)];
    return Number.isNaN(m) - Number.isNaN(n) || (Number.isNaN(m) ? 0 : sign * (m - n));
  };
};

const makeSortable = (table) => {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const asReceived = [...body.rows];
  const totals = asReceived.filter((row) => TOTAL.test(textOf(row.cells[0])));
  const rows = asReceived.filter((row) => !totals.includes(row));
  const sort = (head, column) => {
    const turn = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") ?? "none"];
    for (const other of heads) other.removeAttribute("aria-sort");
    if (turn === "none") return body.append(...asReceived);
    head.setAttribute("aria-sort", turn);
    const compare = compareBy(column, rows);
    const sign = turn === "ascending" ? 1 : -1;
    return body.append(...[...rows].sort((one, other) => compare(one, other, sign)), ...totals);
  };
  heads.forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = "เรียงตามคอลัมน์นี้";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });
};

// ตารางที่ช่องแรกว่าง คือแถวที่ต่อจากแถวบน  ตารางที่ผสานช่องเรียงไม่ได้เช่นกัน
const canSort = (table) =>
  table.tHead?.rows.length === 1 && table.tBodies.length === 1 && !table.matches(".fixed") && !table.querySelector("[colspan], [rowspan]")
  && table.tBodies[0].rows.length > 2 && [...table.tBodies[0].rows].every((row) => textOf(row.cells[0]) !== "");
for (const table of document.querySelectorAll("main table")) if (canSort(table)) makeSortable(table);
