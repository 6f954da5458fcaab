// Loads the part of a page that is marked data-fresh="SECONDS" again and again,
// so that progress moves without the whole page blinking. A part that has lost
// the marker has come to its end.
export function fresh(page) {
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
