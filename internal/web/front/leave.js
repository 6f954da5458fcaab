// A form with data-guard warns before it is left with something typed in it.
export function leaveGuard(page) {
  for (const form of page.querySelectorAll("form[data-guard]")) {
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    addEventListener("beforeunload", (e) => { if (typed) e.preventDefault(); });
  }
}
