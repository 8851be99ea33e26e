// Runs in a page: what hangs over its edges, and texts of a figure that lie on each other.
function defects() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  for (const plot of document.querySelectorAll(".plot")) {
    const frame = plot.getBoundingClientRect();
    const texts = [...plot.querySelectorAll("svg text")].filter(
      (text) => text.textContent.trim() && getComputedStyle(text).visibility !== "hidden",
    );
    const boxes = texts.map((text) => ({
      what: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    for (const { what, box } of boxes) {
      const across = box.left < frame.left - 1 || box.right > frame.right + 1;
      const down = box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      if (across || down) found.push(`${plot.id}: "${what}" is clipped`);
      if (what.includes("$") || what.includes("NaN")) found.push(`${plot.id}: "${what}"`);
    }
    boxes.forEach((one, i) => {
      for (const other of boxes.slice(i + 1)) {
        const right = Math.min(one.box.right, other.box.right);
        const bottom = Math.min(one.box.bottom, other.box.bottom);
        const across = right - Math.max(one.box.left, other.box.left);
        const down = bottom - Math.max(one.box.top, other.box.top);
        if (across > 2 && down > 3) found.push(`${plot.id}: "${one.what}" lies on "${other.what}"`);
      }
    });
  }
  return found;
}
