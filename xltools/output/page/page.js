"use strict";
(function () {
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function key(row, place) {
    var cell = row.cells[place];
    return "sort" in cell.dataset ? cell.dataset.sort : cell.textContent;
  }

  // A browser lays out thousands of rows for seconds, so only the first ones that fit the filter are in the page; on
  // paper all of them are.
  var STEP = 500;

  function listed(section) {
    var table = section.querySelector("table.data");
    if (!table) { return null; }
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var fitting = rows;
    var limit = STEP;
    var more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    table.parentNode.after(more);
    more.addEventListener("click", function () { limit += 4 * STEP; show(); });

    function show(all) {
      body.replaceChildren();
      var part = document.createDocumentFragment();
      fitting.slice(0, all ? fitting.length : limit).forEach(function (row) { part.appendChild(row); });
      body.appendChild(part);
      more.hidden = all || fitting.length <= limit;
      more.textContent = document.body.dataset.more.replace("{left}", fitting.length - limit);
    }

    function sort(head, place) {
      // Counts are asked for from the top, everything else in its own order.
      var first = head.classList.contains("count") ? "descending" : "ascending";
      var other = first === "ascending" ? "descending" : "ascending";
      var order = head.getAttribute("aria-sort") === first ? other : first;
      var sign = order === "ascending" ? 1 : -1;
      Array.prototype.forEach.call(heads, function (one) { one.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", order);
      var kept = new Set(fitting);
      var pairs = rows.map(function (row) { return [key(row, place), row]; });
      pairs.sort(function (a, b) { return sign * collator.compare(a[0], b[0]); });
      rows = pairs.map(function (pair) { return pair[1]; });
      fitting = rows.filter(function (row) { return kept.has(row); });
      show();
    }

    var heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (head, place) {
      head.firstChild.addEventListener("click", function () { sort(head, place); });
    });
    rows.forEach(function (row) { row.hidden = false; });
    window.addEventListener("beforeprint", function () { show(true); });
    window.addEventListener("afterprint", function () { show(); });
    show();
    return {
      filter: function (fits) {
        fitting = rows.filter(fits);
        limit = STEP;
        show();
        return [fitting.length, rows.length];
      }
    };
  }

  function filtered(section, list) {
    var controls = section.querySelector(".controls");
    var texts = new Map();
    var search = controls.querySelector("[data-search]");
    var selects = controls.querySelectorAll("select");
    var all = controls.querySelector("[data-all]");
    var shown = controls.querySelector("output");
    var form = "";

    function text(row) {
      if (!texts.has(row)) { texts.set(row, row.textContent.toLowerCase()); }
      return texts.get(row);
    }

    function apply() {
      var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      var wanted = Array.prototype.filter.call(selects, function (one) { return one.value; });
      var numbers = list.filter(function (row) {
        return (!form || row.dataset.form === form)
          && wanted.every(function (one) { return key(row, Number(one.dataset.column)) === one.value; })
          && words.every(function (word) { return text(row).indexOf(word) >= 0; });
      });
      shown.textContent = shown.dataset.text.replace("{shown}", numbers[0]).replace("{all}", numbers[1]);
    }

    function only(number) {
      form = number;
      if (all) { all.hidden = !number; }
      apply();
    }

    var waiting = 0;
    search.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 120);
    });
    Array.prototype.forEach.call(selects, function (one) { one.addEventListener("change", apply); });
    if (all) { all.addEventListener("click", function () { only(""); }); }
    controls.hidden = false;
    apply();
    // A browser that goes back to the page fills the controls in again.
    window.addEventListener("pageshow", apply);
    return only;
  }

  var lists = {};
  Array.prototype.forEach.call(document.querySelectorAll("section"), function (section) {
    lists[section.id] = section.id === "forms" ? null : listed(section);
  });
  var units = document.getElementById("units");
  filtered(units, lists.units);
  if (lists.findings) {
    var findings = document.getElementById("findings");
    var only = filtered(findings, lists.findings);
    units.querySelector("tbody").addEventListener("click", function (event) {
      var cell = event.target.closest("td.count");
      if (!cell || !cell.textContent) { return; }
      only(cell.parentNode.dataset.form);
      findings.scrollIntoView();
    });
    units.classList.add("linked");
  }
})();
