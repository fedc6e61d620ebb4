// ที่มาของตัวเลข: เปิดและปิดได้โดยไม่มีสคริปต์ด้วย :target  ส่วนนี้ทำให้ปิดด้วย Escape และคืนตำแหน่งที่อ่านอยู่
const opened = () => {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return found?.matches(".proof") ? found : null;
};
const figureOf = (proof) => document.querySelector(`a.traced[href="#${proof.id}"]`);
let figure = null;
let canGoBack = false;

const settle = () => {
  const proof = opened();
  if (proof) {
    figure = figureOf(proof);
    proof.focus({ preventScroll: true });
  } else if (figure) {
    figure.focus({ preventScroll: true });
    figure = null;
    canGoBack = false;
  }
  for (const link of document.querySelectorAll("a.traced[aria-expanded]")) link.removeAttribute("aria-expanded");
  if (proof && figure) {
    figure.setAttribute("aria-expanded", "true");
    figure.scrollIntoView({ block: "nearest" });
  }
};

const close = () => {
  if (canGoBack) history.back();
  else location.replace(`#${figure?.id ?? ""}`);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.traced, .proof a.back");
  if (!link) return;
  if (link.matches(".back")) {
    event.preventDefault();
    close();
  } else if (opened()) {
    event.preventDefault();
    location.replace(link.hash);
  } else {
    canGoBack = true;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened()) close();
});
addEventListener("hashchange", settle);
settle();
