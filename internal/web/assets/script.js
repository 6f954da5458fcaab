// Compiled by scripts/front from internal/web/front.
// A page with something typed in a form with data-guard warns before it is left.
// Sending any form is no leaving: a key of the queue sends another form than the
// one with the reason in it, and takes the reason along.
function leaveGuard(page) {
  let typed = false;
  for (const form of page.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => { typed = true; });
  }
  page.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (e) => { if (typed) e.preventDefault(); });
}
// Steps through the marked findings of a document: n and p, and the links with
// data-step="next" and data-step="previous".
function steps(page) {
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
// A page with data-keys: each button with data-key="y" is pressed by that key,
// unless somebody is typing.
function keys(page) {
  if (!page.querySelector("[data-keys]")) return;
  page.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== "radio") return;
    const button = page.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
    if (button) { e.preventDefault(); button.click(); }
  });
}
// Loads the part of a page that is marked data-fresh="SECONDS" again and again,
// so that progress moves without the whole page blinking. A part that has lost
// the marker has come to its end.
function fresh(page) {
  const part = page.querySelector("[data-fresh]");
  if (!part) return;
  const again = async () => {
    let now;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    } catch { now = undefined; }
    if (now === null) return location.reload();
    if (now) part.replaceChildren(...now.childNodes);
    if (!now || now.dataset.fresh) setTimeout(again, 1000 * Number(part.dataset.fresh));
    else location.reload();
  };
  setTimeout(again, 1000 * Number(part.dataset.fresh));
}
// What pages do when there is JavaScript; every page works without. Each part
// looks for its own marker in the page and does nothing where it is missing.

leaveGuard(document);
steps(document);
keys(document);
fresh(document);
