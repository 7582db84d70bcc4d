// Keys for people who work without a mouse, and the small comforts of a form. Every page works
// without this file.
(function () {
  "use strict";
  const keys = document.getElementById("keys");
  const FILTER = "form.choosers input:not([type=hidden]), form.choosers select";
  let going = 0;

  function typing(target) {
    return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  }

  function follow(key) {
    const link = document.querySelector('[data-key="' + key + '"]');
    if (!link) return;
    link.click();
    if (link.tagName === "SUMMARY" && link.parentElement.open) link.parentElement.querySelector("a").focus();
  }

  function row(step) {
    const menu = document.querySelector("details.menu[open]");
    const within = menu ? "a" : "table.entries tbody a, .hits h3 a";
    const links = Array.from((menu || document).querySelectorAll(within));
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.max(0, Math.min(links.length - 1, to))].focus();
  }

  function toggle() {
    if (!keys) return;
    if (keys.open) keys.close();
    else keys.showModal();
  }

  // The open menu, put away: by Escape with the focus back where it was opened, or by going elsewhere.
  function close() {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }

  function elsewhere(event) {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  }

  function pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) return;
    const key = event.key;
    if (key === "?") toggle();
    else if (going && Date.now() - going < 1500 && "bldifr".includes(key)) follow(key);
    else if (key === "n" || key === "e") follow(key);
    else if (key === "Escape") close();
    else if (key === "j") row(1);
    else if (key === "k") row(-1);
    else if (key === "/" || key === "s") {
      const first = document.querySelector(key === "/" ? "#search-box" : FILTER);
      if (!first) return;
      first.focus();
      event.preventDefault();
    }
    going = key === "g" ? Date.now() : 0;
  }

  // What is suggested goes when it is not wanted.
  function unsuggest(event) {
    const box = document.querySelector(".search");
    if (!box || (event.type === "keydown" ? event.key !== "Escape" : box.contains(event.target))) return;
    document.getElementById("suggestions").replaceChildren();
  }

  document.addEventListener("keydown", unsuggest);
  document.addEventListener("focusin", unsuggest);
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", elsewhere);
  document.addEventListener("focusin", elsewhere);
  for (const button of document.querySelectorAll('[data-open="keys"]')) {
    button.hidden = !keys;
    button.addEventListener("click", toggle);
  }

  // What was typed and not saved is not lost by a slip.
  let touched = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form.sheet")) touched = true;
  });
  document.addEventListener("submit", function () {
    touched = false;
  });
  window.addEventListener("beforeunload", function (event) {
    if (touched) event.preventDefault();
  });
})();
