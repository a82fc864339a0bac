/* What a reader would see at a glance to be wrong with the layout of the page as it stands, at
   the width at hand, as sentences. A word may be broken only where it fits on no line of its
   own, one of several parts only between them, and a number never; no text leaves its box, is
   cut off or lies on another text; a mark stands beside its name; no plot is empty; nothing makes
   the page wider than the window. What scrolls sideways by itself, or ends in "…", may be wider
   than its box; what sticks or floats may lie on other things; what is hidden from sight is not
   looked at. */
() => {
  const faults = new Set();
  const window_width = document.documentElement.clientWidth;
  const styles = new Map();
  const boxes = new Map();
  const frames = new Map();
  const remembered = (memory, key, find) => {
    if (!memory.has(key)) memory.set(key, find(key));
    return memory.get(key);
  };
  const style_of = (element) => remembered(styles, element, getComputedStyle);
  const box_of = (element) => remembered(boxes, element, (one) => one.getBoundingClientRect());
  const scrolls = (element) => /auto|scroll/.test(style_of(element).overflowX);
  const is_inline = (element) =>
    style_of(element).display.startsWith("inline") && style_of(element).display === "inline";

  /* Where an element is shown: the boxes that hold it, the part of the page where it can be
     seen, whether it floats. */
  const frame_of = (element) =>
    remembered(frames, element, (one) => {
      const parent = one.parentElement;
      const outer = parent
        ? frame_of(parent)
        : { holders: [], left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
      const style = style_of(one);
      const { left, right, top, bottom } = box_of(one);
      const frame = { ...outer };
      frame.floats = outer.floats || /sticky|fixed/.test(style.position);
      const is_clipped = style.clipPath !== "none" || style.clip !== "auto";
      const is_moved_out = parseFloat(style.textIndent) < -999;
      frame.unseen =
        outer.unseen ||
        style.visibility === "hidden" ||
        (is_clipped && box_of(one).width <= 1) ||
        is_moved_out;
      frame.drawn = outer.drawn || one instanceof SVGElement;
      frame.scrolls = outer.scrolls || scrolls(one);
      const holds = frame.scrolls
        ? one.matches("td, th, li")
        : !is_inline(one) && style.display !== "contents" && one !== document.body;
      const ends_open = scrolls(one) || style.textOverflow === "ellipsis";
      if (ends_open || /absolute|fixed/.test(style.position) || style.float !== "none")
        frame.holders = [];
      if (holds && !ends_open) frame.holders = [...frame.holders, one];
      if (style.overflowX !== "visible") {
        frame.left = Math.max(frame.left, left);
        frame.right = Math.min(frame.right, right);
      }
      if (style.overflowY !== "visible") {
        frame.top = Math.max(frame.top, top);
        frame.bottom = Math.min(frame.bottom, bottom);
      }
      return frame;
    });

  const named = (element) => {
    const near = element.closest("[id]");
    const own =
      element.tagName.toLowerCase() + [...element.classList].map((name) => `.${name}`).join("");
    return near && near !== element ? `${own} in #${near.id}` : own;
  };
  const shortly = (text) => text.trim().replace(/\s+/g, " ").slice(0, 50);
  const lines_of = (range) => {
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    return rects.filter(
      (rect, at) =>
        !rects.slice(0, at).some((other) => Math.abs(other.top - rect.top) < rect.height / 2),
    );
  };

  /* --- words --- */
  const word = /[\p{L}\p{N}\p{M}_'’.,]*[\p{L}\p{N}]/gu;
  const number = /^[\p{N}.,'’]+$/u;
  const breaks_anywhere =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
  const pen = document.createElement("canvas").getContext("2d");
  const width_of = (text, element) => {
    const { font, letterSpacing } = style_of(element);
    pen.font = font;
    return pen.measureText(text).width + (parseFloat(letterSpacing) || 0) * text.length;
  };
  const room_of = (element) => {
    let holder = element;
    while (is_inline(holder)) holder = holder.parentElement;
    const { paddingLeft, paddingRight } = style_of(holder);
    return holder.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  };
  /* A long identifier or path is made of parts: StreamingHttpResponse, snake_case, path/to.file. */
  const between_parts = /(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[/_.])(?=[\p{L}\p{N}_])/u;
  const parts_of = (text) =>
    text.length < 16 || number.test(text) ? [text] : text.split(between_parts);
  const fits = (text, element, taken = 0) =>
    width_of(text, element) + taken <= Math.max(room_of(element), least_room(element));
  const look_at_words = (node, element) => {
    const range = document.createRange();
    // the first word holds to the mark before it
    const mark = node.previousSibling?.className?.includes?.("mark") ? node.previousSibling : null;
    const taken = mark ? 2 * box_of(mark).width : 0;
    for (const found of node.data.matchAll(word)) {
      if (breaks_anywhere.test(found[0])) continue;
      const before = node.data.slice(0, found.index).trim() ? 0 : taken;
      const whole = fits(found[0], element, before);
      let at = found.index;
      // a list of the admin has no room for parts: it keeps within its frame
      const is_listed = element.closest("#result_list") !== null;
      for (const part of whole || is_listed ? [found[0]] : parts_of(found[0])) {
        range.setStart(node, at);
        at += part.length;
        range.setEnd(node, at);
        if (part.length < 2 || lines_of(range).length < 2) continue;
        if (fits(part, element, before) || number.test(part))
          faults.add(`breaks the word “${part}” (${named(element)})`);
      }
    }
  };
  /* What a style sheet writes before a cell is no text of the page: its lines are not known, but
     its words and its room are. */
  const look_at_label = (element) => {
    const label = getComputedStyle(element, "::before");
    if (!/^"/.test(label.content) || /^inline/.test(label.display) || !element.checkVisibility())
      return;
    const room = parseFloat(label.width);
    pen.font = label.font;
    for (const text of element.dataset.label.split(/[\s\u200b]/)) {
      const width =
        pen.measureText(text).width + (parseFloat(label.letterSpacing) || 0) * text.length;
      if (width > room + 1 && parts_of(text).length > 1)
        faults.add(`breaks the label “${text}” (${named(element)})`);
    }
  };
  /* A box may not be made so narrow that an ordinary word of a name does not fit: a column of
     one letter is broken, too. */
  const least_room = (element) =>
    Math.min(window_width / 4, 5 * parseFloat(style_of(element).fontSize));

  /* --- texts and their boxes --- */
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (
      !node.data.trim() ||
      /^(SCRIPT|STYLE|NOSCRIPT|TITLE|DESC|TEXTAREA|OPTION)$/i.test(element.tagName)
    )
      continue;
    if (!element.checkVisibility()) continue;
    const frame = frame_of(element);
    if (frame.unseen || frame.drawn) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    if (!rects.length) continue;
    const begin = Math.min(...rects.map((rect) => rect.left));
    const end = Math.max(...rects.map((rect) => rect.right));
    const holder = frame.holders.findLast(
      (one) => begin < box_of(one).left - 1.5 || end > box_of(one).right + 1.5,
    );
    if (holder) faults.add(`“${shortly(node.data)}” is wider than its box (${named(holder)})`);
    const text_sideways = style_of(element).writingMode !== "horizontal-tb";
    if (rects.length > 1 && !text_sideways) look_at_words(node, element);
    if (frame.floats) continue;
    for (const rect of rects) {
      // a line's box is taller than its letters
      const trim = text_sideways ? 0 : rect.height * 0.28;
      const left = Math.max(rect.left, frame.left, 0);
      const right = Math.min(rect.right, frame.right);
      const top = Math.max(rect.top + trim, frame.top);
      const bottom = Math.min(rect.bottom - trim, frame.bottom);
      if (right > left + 1 && bottom > top + 1)
        seen.push({ node, element, left, right, top, bottom });
    }
  }

  document.querySelectorAll("[data-label]").forEach(look_at_label);

  /* --- marks: each in the line of the name that follows it --- */
  for (const mark of document.querySelectorAll(".mark")) {
    const name = mark.nextSibling;
    if (!name?.textContent.trim() || !mark.checkVisibility()) continue;
    if (style_of(mark.parentElement).display === "grid" || frame_of(mark).unseen) continue;
    range.selectNodeContents(name);
    const first = [...range.getClientRects()].find((rect) => rect.width > 0);
    const { top, bottom } = box_of(mark);
    if (first && (first.top > bottom - 1 || first.bottom < top + 1))
      faults.add(`parts the mark of “${shortly(name.textContent)}” (${named(mark.parentElement)})`);
  }

  /* --- texts on one another --- */
  seen.sort((one, other) => one.top - other.top);
  seen.forEach((one, at) => {
    for (let next = at + 1; next < seen.length && seen[next].top < one.bottom - 1; next += 1) {
      const other = seen[next];
      if (one.node === other.node) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (across > 2)
        faults.add(
          `“${shortly(one.node.data)}” lies on “${shortly(other.node.data)}” ` +
            `(${named(one.element)}, ${named(other.element)})`,
        );
    }
  });

  /* --- plots, and the page as a whole --- */
  const has_ink = (shape) => {
    const { fill, stroke, strokeWidth } = getComputedStyle(shape);
    const { width, height } = shape.getBoundingClientRect();
    const is_painted =
      (fill !== "none" && width * height > 0) ||
      (stroke !== "none" && parseFloat(strokeWidth) > 0 && width + height > 0);
    return is_painted && shape.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const is_drawn = (plot) =>
    [
      ...plot.querySelectorAll("circle, ellipse, line, path, polygon, polyline, rect, text, use"),
    ].some(has_ink);
  /* What a plot shows stands in words, too: in its row, its figure or its part of the page. */
  const is_labelled = (plot) =>
    plot.closest("tr, li, figure, dl, details, section, a, label")?.innerText.trim();
  for (const plot of document.querySelectorAll('svg[width="100%"]')) {
    const { width, height } = box_of(plot);
    if (!plot.checkVisibility() || !height || frame_of(plot).unseen) continue;
    if (width < 24) faults.add(`has a plot of ${Math.round(width)} px (${named(plot)})`);
    else if (!is_drawn(plot)) faults.add(`has a plot without ink (${named(plot)})`);
    if (!is_labelled(plot)) faults.add(`has a plot without words (${named(plot)})`);
  }
  const wide = document.documentElement.scrollWidth;
  if (wide > window_width) faults.add(`is ${wide} px wide`);
  return [...faults];
};
