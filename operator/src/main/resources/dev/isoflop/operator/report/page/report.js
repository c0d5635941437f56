"use strict";
(function () {
  // Pointing at a mark shows what it is, at once and in the page's own type.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  const TIPPED = ".mark, .curve";
  document.addEventListener("pointerover", function (event) {
    const mark = event.target.closest(TIPPED);
    if (mark === null) {
      tip.hidden = true;
      return;
    }
    const title = mark.querySelector("title");
    if (title !== null) {
      mark.dataset.tip = title.textContent;
      title.remove();
    }
    if (mark.dataset.tip === undefined) {
      tip.hidden = true;
      return;
    }
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    const left = Math.min(event.pageX + 14, window.scrollX + window.innerWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(window.scrollX + 4, left) + "px";
    tip.style.top = event.pageY + 14 + "px";
  });

  // Every drawing can be taken along as a file of its own.
  function save(svg) {
    const copy = svg.cloneNode(true);
    copy.querySelectorAll("[data-tip]").forEach(function (mark) {
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = mark.dataset.tip;
      mark.prepend(title);
      delete mark.dataset.tip;
    });
    const text = new XMLSerializer().serializeToString(copy);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    link.download = svg.id + ".svg";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  document.querySelectorAll(".panel").forEach(function (panel) {
    if (panel.querySelector("svg") === null) {
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "save";
    button.textContent = "Save SVG";
    button.setAttribute("aria-label", "Save SVG: " + panel.querySelector("svg > title").textContent);
    button.addEventListener("click", function () {
      for (const svg of panel.querySelectorAll("svg")) {
        if (svg.getClientRects().length !== 0) {
          save(svg);
        }
      }
    });
    panel.append(button);
  });

  // Tables are sorted by their headings; what is missing stays at the end.
  function compare(a, b, numeric) {
    return numeric ? Number(a) - Number(b) : a.localeCompare(b);
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    const body = table.tBodies[0];
    if (body === undefined) {
      return;
    }
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      function sort() {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const numeric = head.classList.contains("number");
        const rows = Array.from(body.rows);
        rows.sort(function (one, two) {
          const a = one.cells[column].dataset.key;
          const b = two.cells[column].dataset.key;
          if (a === "" || b === "") {
            return Number(a === "") - Number(b === "");
          }
          return down ? compare(b, a, numeric) : compare(a, b, numeric);
        });
        body.append(...rows);
      }
      head.setAttribute("aria-sort", "none");
      head.tabIndex = 0;
      head.addEventListener("click", sort);
      head.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          sort();
        }
      });
    });
  });

  // Paper cannot be unfolded.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (part) { part.open = true; });
  });
})();
