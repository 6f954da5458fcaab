// A page with data-keys: each button with data-key="y" is pressed by that key,
// unless somebody is typing.
export function keys(page) {
  if (!page.querySelector("[data-keys]")) return;
  page.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== "radio") return;
    const button = page.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
    if (button) { e.preventDefault(); button.click(); }
  });
}
