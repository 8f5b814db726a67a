// What a reader without a mouse meets on this page: every stop of the Tab key, and what it looks like.
(() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isStop = (element) =>
    element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && element.checkVisibility({ visibilityProperty: true });

  // An outline or a shadow, on the control itself, on what is drawn beside it, or on its label.
  const mark = (element, part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return "";
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !/, 0\)$/.test(style.outlineColor);
    const outline = hasOutline ? `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}` : "";
    return `${outline} | ${style.boxShadow}`;
  };
  const look = (element) =>
    [element, ...(element.labels ?? [])].flatMap((one) => [mark(one), mark(one, "::before"), mark(one, "::after")]).join(" / ");

  const unfocused = new Map();
  const remember = () => {
    unfocused.clear();
    for (const element of document.querySelectorAll(CONTROLS)) {
      if (element !== document.activeElement) unfocused.set(element, look(element));
    }
  };

  const isFixed = (element) => {
    for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).position === "fixed") return true;
    return false;
  };
  // A radio or a checkbox is drawn by its label, a figure's link covers the figure.
  const isCovered = (element) => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    return top !== null && !element.contains(top) && !top.contains(element) && ![...(element.labels ?? [])].some((label) => label.contains(top));
  };

  const name = (element) =>
    `<${element.tagName.toLowerCase()}> ${(element.innerText || element.labels?.[0]?.innerText || element.name || "").trim().slice(0, 40)}`;

  let before = null;
  const complaints = (element) => {
    const found = [];
    const say = (words) => found.push(`${name(element)}: ${words}`);
    if (unfocused.has(element) && look(element) === unfocused.get(element)) say("the focus cannot be seen");
    if (isCovered(element)) say("the focus is covered");
    const box = element.getBoundingClientRect();
    const at = { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY, fixed: isFixed(element), element };
    if (before && before.element !== element && !at.fixed && !before.fixed) {
      if (at.bottom <= before.top && at.left < before.right) say(`stands above ${name(before.element)}, which came first`);
      if (at.right <= before.left && at.top < before.bottom && at.bottom > before.top) say(`stands left of ${name(before.element)}, which came first`);
    }
    before = at;
    return found;
  };

  const seen = new Set();
  window.stops = {
    /** Looks at everything unfocused: what follows is compared with it. */
    begin() {
      before = null;
      seen.clear();
      unfocused.clear();
      for (const element of document.querySelectorAll(CONTROLS)) {
        if (element !== document.activeElement) unfocused.set(element, look(element));
      }
    },
    /** What is focused now, or null on the way out of the page. */
    here() {
      const element = document.activeElement;
      if (element === document.body) return null;
      const isNew = !seen.has(element);
      seen.add(element);
      return { name: name(element), complaints: complaints(element), isNew };
    },
    /** Controls nobody came to. A group of radios is one stop. */
    missed() {
      const groups = new Set([...seen].filter((one) => one.type === "radio").map((one) => one.name));
      return [...document.querySelectorAll(CONTROLS)]
        .filter((one) => isStop(one) && !seen.has(one) && !(one.type === "radio" && groups.has(one.name)))
        .map(name);
    },
  };
})();
