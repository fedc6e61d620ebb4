// เทียบสองจังหวัด: หยิบสองแถวจากตารางตัวเลขสำคัญมาวางข้างกัน ไม่คำนวณตัวเลขใหม่
const table = document.getElementById("figures-table");
const tool = document.getElementById("compare-tool");
if (table && tool) {
  const [one, other] = ["compare-a", "compare-b"].map((id) => document.getElementById(id));
  const body = document.getElementById("compare-rows");
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
  const rows = new Map([...table.tBodies[0].rows].map((row) => [row.dataset.code, row]));
  const names = [...rows].map(([code, row]) => [code, row.cells[0].dataset.name]);
  names.sort(([, a], [, b]) => new Intl.Collator("th").compare(a, b));
  for (const select of [one, other]) for (const [code, name] of names) select.add(new Option(name, code));

  const cellFor = (source, most) => {
    const cell = document.createElement("td");
    cell.className = "n";
    cell.append(...[...source.cloneNode(true).childNodes]);
    const share = Math.abs(Number(source.dataset.sort)) / most;
    if (source.dataset.sort && most > 0) {
      const bar = document.createElement("span");
      bar.className = "bar";
      bar.style.setProperty("--share", String(share));
      cell.append(bar);
    }
    return cell;
  };
  const rowFor = (column, pair) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = heads[column];
    const cells = pair.map((from) => from.cells[column]);
    const years = cells.map((cell) => cell.dataset.year ?? "");
    const reasons = [
      years[0] && years[1] && years[0] !== years[1] ? "คนละปี" : "",
      cells.some((cell) => cell.dataset.small) ? "จำนวนน้อย" : "",
    ].filter(Boolean);
    if (reasons.length) {
      const note = document.createElement("span");
      note.className = "note";
      note.textContent = `${reasons.join(" ")} เทียบกันโดยตรงไม่ได้`;
      head.append(" ", note);
    }
    const most = reasons.length ? 0 : Math.max(...cells.map((cell) => Math.abs(Number(cell.dataset.sort))));
    row.append(head, ...cells.map((cell) => cellFor(cell, most)));
    return row;
  };
  const show = () => {
    const pair = [one, other].map((select) => rows.get(select.value));
    const isShown = pair.every(Boolean);
    document.getElementById("compare-result").hidden = !isShown;
    if (!isShown) return;
    pair.forEach((row, side) => {
      document.getElementById(`compare-name-${side}`).textContent = row.cells[0].dataset.name;
    });
    const kept = heads.map((_, column) => column).slice(1).filter((column) => pair.some((row) => row.cells[column].dataset.sort));
    body.replaceChildren(...kept.map((column) => rowFor(column, pair)));
    document.getElementById("compare-told").textContent = `เทียบ${pair[0].cells[0].dataset.name}กับ${pair[1].cells[0].dataset.name} ${kept.length} รายการ`;
  };
  one.addEventListener("change", show);
  other.addEventListener("change", show);
  document.getElementById("compare-swap").addEventListener("click", () => {
    [one.value, other.value] = [other.value, one.value];
    show();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-compare]");
    if (!link) return;
    one.value = link.dataset.compare;
    if (link.dataset.with) other.value = link.dataset.with;
    else if (other.value === one.value) other.value = "";
    show();
    (other.value ? one : other).focus({ preventScroll: true });
  });
  tool.hidden = false;
  show();
}
