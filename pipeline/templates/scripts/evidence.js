// ที่มาของตัวเลข: เปิดและปิดได้โดยไม่มีสคริปต์ด้วย :target  ส่วนนี้ทำให้ปิดด้วย Escape และคืนตำแหน่งที่อ่านอยู่
const opened = () => {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return found?.matches(".proof") ? found : null;
};
const figureOf = (proof) => document.querySelector(`a.traced[href="#${proof.id}"]`);
let figure = null;
// กี่ก้าวของปุ่มย้อนกลับจึงถึงหน้าที่ไม่มีที่มาเปิดอยู่  NaN เมื่อเปิดหน้ามาที่ที่มาเอง
let depth = 0;

const open = (proof, isFirst) => {
  const known = history.state?.depth;
  depth = known ?? (isFirst ? NaN : depth + 1);
  if (known === undefined) history.replaceState({ depth }, "");
  figure ??= figureOf(proof);
  proof.focus({ preventScroll: true });
  figure?.setAttribute("aria-expanded", "true");
  figure?.scrollIntoView({ block: "nearest" });
};
const leave = () => {
  depth = 0;
  figure?.removeAttribute("aria-expanded");
  figure?.focus({ preventScroll: true });
  figure = null;
};
const settle = (isFirst) => {
  const proof = opened();
  if (proof) open(proof, isFirst);
  else leave();
};
const close = () => {
  if (depth > 0) history.go(-depth);
  else location.replace(`#${figure?.id ?? ""}`);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.traced, .proof a.back");
  if (link?.matches(".back")) {
    event.preventDefault();
    close();
  } else if (link) {
    figure?.removeAttribute("aria-expanded");
    figure = link;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened()) close();
});
addEventListener("hashchange", () => settle(false));
settle(true);
