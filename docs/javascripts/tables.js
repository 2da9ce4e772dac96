// A table that is wider than the page can be moved with the keyboard too.
document.querySelectorAll(".md-typeset__scrollwrap").forEach((table) => table.setAttribute("tabindex", "0"));
