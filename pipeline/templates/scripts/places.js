// ค้นหาจังหวัดด้วยการพิมพ์ และเดินบนแผนที่ด้วยลูกศร  ไม่มีสคริปต์ก็ยังใช้แผนที่และตารางได้
const places = JSON.parse(document.getElementById("places").textContent);
const box = document.getElementById("search");
const list = document.getElementById("options");
const found = document.getElementById("found");
const map = document.getElementById("map");
const hint = found.textContent;
const told = document.getElementById("map-told");
const tiles = [...map.querySelectorAll("a")];
const tileOf = (code) => document.getElementById(`tile-${code}`);
const collator = new Intl.Collator("th");

const bare = (text) =>
  text.toLowerCase().replace(/[๐-๙]/g, (sign) => sign.charCodeAt(0) - 0x0e50).replace(/^\s*(จังหวัด|จ\.)/, "").replace(/[\s.\u0e2f-]/g, "");
for (const place of places) {
  place.names = [place.code, place.th, place.en].map(bare);
  place.others = place.also.map(bare);
}
const rank = (place, typed) => {
  if ([...place.names, ...place.others].includes(typed)) return 0;
  if (place.names.some((name) => name.startsWith(typed))) return 1;
  if (place.others.some((name) => name.startsWith(typed))) return 2;
  return [...place.names, ...place.others].some((name) => name.includes(typed)) ? 3 : 9;
};
const match = (text) => {
  const typed = bare(text);
  return places
    .map((place) => [typed ? rank(place, typed) : 3, place])
    .filter(([level]) => level < 9)
    .sort(([a, one], [b, other]) => a - b || collator.compare(one.th, other.th))
    .map(([, place]) => place);
};

let shown = [];
let at = -1;
const choose = (number) => {
  at = number;
  [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  if (at < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
};
const drop = () => {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  choose(-1);
};
const open = (code) => {
  box.value = "";
  letGo();
  if (location.hash === `#p-${code}`) settle();
  else location.hash = `p-${code}`;
};
const dim = (some) => {
  const codes = new Set(some.map((place) => place.code));
  for (const tile of tiles) tile.classList.toggle("dim", some.length > 0 && !codes.has(tile.id.slice(5)));
};
const optionFor = (place) => {
  const option = document.createElement("li");
  option.id = `option-${place.code}`;
  option.setAttribute("role", "option");
  const name = document.createElement("b");
  name.textContent = place.th;
  option.append(name, ` ${place.en} · ${place.code} · ${place.told}`);
  option.addEventListener("mousedown", (event) => event.preventDefault());
  option.addEventListener("click", () => open(place.code));
  return option;
};
const offer = () => {
  shown = match(box.value);
  list.replaceChildren(...shown.map(optionFor));
  list.hidden = shown.length === 0;
  box.setAttribute("aria-expanded", String(shown.length > 0));
  found.textContent = shown.length ? `พบ ${shown.length} จังหวัด` : "ไม่พบจังหวัดนี้ ลองพิมพ์เพียงต้นชื่อ หรือรหัสสองหลัก";
  choose(box.value && shown.length ? 0 : -1);
  dim(box.value ? shown : []);
};
const letGo = () => {
  drop();
  dim([]);
  found.textContent = hint;
};
box.addEventListener("input", () => (box.value ? offer() : letGo()));
box.addEventListener("blur", drop);
box.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (list.hidden) offer();
    if (shown.length) choose((at + step + shown.length) % shown.length);
  } else if (event.key === "Enter" && !list.hidden && shown.length) {
    event.preventDefault();
    open(shown[Math.max(at, 0)].code);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    box.value = "";
    letGo();
  }
});
document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("search-form").hidden = false;

const spot = (tile) => [Number(tile.dataset.row), Number(tile.dataset.column)];
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const nearest = (tile, [down, right]) => {
  const [row, column] = spot(tile);
  const far = (other) => {
    const [r, c] = spot(other);
    const along = (r - row) * down + (c - column) * right;
    const aside = Math.abs((r - row) * right) + Math.abs((c - column) * down);
    return along > 0 ? along + 3 * aside : Infinity;
  };
  const best = tiles.reduce((one, other) => (far(other) < far(one) ? other : one));
  return far(best) < Infinity ? best : tile;
};
const rove = (tile) => {
  for (const other of tiles) other.tabIndex = other === tile ? 0 : -1;
};
map.addEventListener("keydown", (event) => {
  const move = MOVES[event.key];
  const tile = event.target.closest("a");
  if (!move || !tile || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  nearest(tile, move).focus();
});
const name = (tile) => {
  told.textContent = tile.title;
  told.classList.add("named");
};
const tell = (event) => {
  const tile = event.target.closest("a");
  if (tile) name(tile);
};
map.addEventListener("focusin", (event) => {
  tell(event);
  rove(event.target);
});
map.addEventListener("mouseover", tell);
rove(tiles[0]);
for (const choice of document.querySelectorAll("#map-by input")) {
  choice.addEventListener("change", () => {
    map.dataset.by = choice.value;
    for (const key of document.querySelectorAll("[data-key]")) key.hidden = key.dataset.key !== choice.value;
  });
}
document.getElementById("map-by").hidden = false;

const panelOf = () => {
  const panel = document.getElementById(location.hash.slice(1));
  return panel?.matches(".province") ? panel : null;
};
const settle = () => {
  const panel = panelOf();
  for (const tile of tiles) {
    if (panel && tile.hash === location.hash) {
      tile.setAttribute("aria-current", "true");
      rove(tile);
      name(tile);
    } else tile.removeAttribute("aria-current");
  }
  panel?.querySelector("h2").focus({ preventScroll: true });
};
addEventListener("hashchange", settle);
document.addEventListener("keydown", (event) => {
  const panel = panelOf();
  if (event.key !== "Escape" || !panel) return;
  const tile = tileOf(panel.id.slice(2));
  location.hash = "find";
  tile.focus();
});
settle();
