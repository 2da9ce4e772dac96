// A table that is wider than the page can be moved with the keyboard too.
new MutationObserver(() => {
  document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach((table) => table.setAttribute("tabindex", "0"));
}).observe(document, { childList: true, subtree: true });
