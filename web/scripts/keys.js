// Keys of the inbox: j and k move, a accepts, m merges, x rejects, u undoes, ? shows the list. Everything works without it.
(function () {
  "use strict";

  function typing(element) {
    return element && (/^(input|select|textarea)$/i.test(element.tagName) || element.isContentEditable);
  }

  function follow(where) {
    var link = document.querySelector('a[data-go="' + where + '"]');
    if (link) link.click();
  }

  // A form that lacks something is brought to the eye, at the field that lacks it; a form that lacks nothing is sent.
  function send(key) {
    var form = document.querySelector('form[data-key="' + key + '"]');
    if (!form) return;
    var missing = Array.prototype.find.call(form.elements, function (e) { return e.willValidate && !e.checkValidity(); });
    if (key === "m" && !missing) missing = form.querySelector("select");
    if (missing) {
      missing.focus();
      missing.scrollIntoView({ block: "center" });
    } else {
      form.requestSubmit();
    }
  }

  function help() {
    var list = document.getElementById("keys");
    if (list) list.open = !list.open;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.key === "Escape" && typing(document.activeElement)) return document.activeElement.blur();
    if (typing(event.target)) return;
    if (event.key === "j") follow("next");
    else if (event.key === "k") follow("before");
    else if (event.key === "?") help();
    else if ("amxu".indexOf(event.key) >= 0) send(event.key);
    else return;
    event.preventDefault();
  });
})();
