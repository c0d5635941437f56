"use strict";
// Measures every frame: what is wider than its window, which texts of drawings are cut off, and which cover others.
(function () {
  const LEAST = 1; // CSS pixels that two boxes may share

  function share(a, b) {
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > LEAST &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > LEAST;
  }

  function measure(page) {
    const root = page.documentElement;
    const wider = Array.from(page.querySelectorAll("main *")).filter(function (part) {
      const box = part.getBoundingClientRect();
      return box.width > 0 && box.right > root.clientWidth + LEAST &&
        (part.closest(".scroll > table") === null || part.tagName === "H2") && part.closest("pre") === null && part.closest("svg") === null;
    }).map(function (part) { return part.tagName + "." + part.className + ": " + part.textContent.slice(0, 40); });
    const clipped = [];
    const covered = [];
    let texts = 0;
    let marks = 0;
    for (const svg of page.querySelectorAll("svg")) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) {
        continue;
      }
      const boxes = Array.from(svg.querySelectorAll("text")).map(function (text) {
        return { name: svg.id + ": " + text.textContent.slice(0, 40), box: text.getBoundingClientRect(), text: text };
      });
      texts += boxes.length;
      for (const one of boxes) {
        if (one.box.left < frame.left - LEAST || one.box.right > frame.right + LEAST ||
            one.box.top < frame.top - LEAST || one.box.bottom > frame.bottom + LEAST) {
          clipped.push(one.name);
        }
        for (const other of boxes) {
          // Letters of one line are told apart by their baselines; ascents of two lines may touch.
          if (one !== other && share(shrunk(one.box), shrunk(other.box))) {
            covered.push(one.name + " and " + other.text.textContent.slice(0, 40));
          }
        }
      }
      for (const mark of svg.querySelectorAll(".mark > path")) {
        marks += 1;
        const place = mark.getBoundingClientRect();
        const wide = { left: place.left - 1, right: place.right + 1, top: place.top - 1, bottom: place.bottom + 1 };
        for (const one of boxes) {
          if (share(shrunk(one.box), wide)) {
            covered.push(one.name + " and a mark");
          }
        }
      }
    }
    // What a keyboard, a screen reader or a thumb has to find.
    const silent = Array.from(page.querySelectorAll("svg[role], img, button, .scroll, pre")).filter(function (part) {
      return named(page, part) === "";
    }).map(function (part) { return part.outerHTML.slice(0, 80); });
    let hinted = 0;
    const hidden = Array.from(page.querySelectorAll("main *")).filter(function (part) {
      const style = page.defaultView.getComputedStyle(part);
      if (!/auto|scroll/.test(style.overflowX) || part.scrollWidth <= part.clientWidth + LEAST) {
        return false;
      }
      hinted += 1;
      return part.tabIndex < 0 || !style.backgroundImage.includes("gradient");
    }).map(function (part) { return part.outerHTML.slice(0, 80); });
    return {
      title: page.title, language: root.lang, silent: silent, hidden: hidden, hinted: hinted,
      clientWidth: root.clientWidth, scrollWidth: root.scrollWidth, wider: wider,
      texts: texts, marks: marks, clipped: clipped, covered: covered,
    };
  }

  function named(page, part) {
    const by = part.getAttribute("aria-labelledby");
    const text = by === null ? part.getAttribute("aria-label") || part.getAttribute("alt") || part.textContent
      : by.split(" ").map(function (id) { return page.getElementById(id) === null ? "" : page.getElementById(id).textContent; }).join(" ");
    return text.trim();
  }

  // The line box of a text is taller than its letters.
  function shrunk(box) {
    const upright = box.height > 3 * box.width;
    const x = upright ? box.width * 0.2 : 0;
    const y = upright ? 0 : box.height * 0.2;
    return { left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y };
  }

  window.addEventListener("load", function () {
    const all = {};
    for (const frame of document.querySelectorAll("iframe")) {
      all[frame.id] = measure(frame.contentDocument);
    }
    document.getElementById("measured").textContent = JSON.stringify(all);
  });
})();
