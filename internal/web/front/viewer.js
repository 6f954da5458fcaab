// Steps through the marked findings of a document: n and p, and the links with
// data-step="next" and data-step="previous".
export function steps(page) {
  const marks = [...page.querySelectorAll("mark[id]")];
  if (!page.querySelector("[data-steps]") || marks.length === 0) return;
  let at = Math.max(-1, marks.findIndex((m) => "#" + m.id === location.hash));
  const go = (by) => {
    if (at >= 0) marks[at].classList.remove("reeve-here");
    at = (at + by + marks.length) % marks.length;
    marks[at].classList.add("reeve-here");
    marks[at].tabIndex = -1;
    marks[at].focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "center" });
  };
  page.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    if (e.key === "n") go(1);
    if (e.key === "p") go(at < 0 ? 0 : -1);
  });
  for (const link of page.querySelectorAll("[data-step]")) {
    link.addEventListener("click", (e) => { e.preventDefault(); go(link.dataset.step === "next" ? 1 : -1); });
  }
}
