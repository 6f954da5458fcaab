// A page with something typed in a form with data-guard warns before it is left.
// Sending any form is no leaving: a key of the queue sends another form than the
// one with the reason in it, and takes the reason along.
export function leaveGuard(page) {
  let typed = false;
  for (const form of page.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => { typed = true; });
  }
  page.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (e) => { if (typed) e.preventDefault(); });
}
