/* Size of the text and colours. A cookie keeps both, so that the library's pages, which run no script, follow. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { node, say, state, announce } = page;
  const SIZES = ["100", "115", "130"];
  const SCHEMES = ["auto", "light", "dark"];
  const YEAR_S = 31536000;
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const look = document.documentElement.dataset;

  function show() {
    const dark = look.scheme === "dark" || (look.scheme !== "light" && DARK.matches);
    document.body.classList.toggle("dark", dark);  // Gradio's own parts go by this
  }

  function keep() {
    const path = new URL("./", window.location.href).pathname;
    document.cookie = "policyqa-look=" + (look.scheme || "auto") + "-" + (look.text || "100") + ";path=" + path + ";max-age=" + YEAR_S + ";samesite=lax";
  }

  function largerText() {
    look.text = SIZES[(SIZES.indexOf(look.text || "100") + 1) % SIZES.length];
    keep();
    announce(say("text_size", { size: look.text }));
  }

  function setScheme(scheme) {
    look.scheme = scheme;
    show();
    keep();
  }

  page.drawSchemes = () => node("fieldset", { class: "pq-schemes" },
    node("legend", {}, say("colours")),
    SCHEMES.map((scheme) => node("label", { class: "pq-scheme" },
      node("input", { type: "radio", name: "pq-scheme", value: scheme, checked: (look.scheme || "auto") === scheme, onchange: () => setScheme(scheme) }),
      node("span", {}, say("colours_" + scheme)))));
  page.largerText = largerText;

  // Gradio sets its own class by the system's colours, when it starts and whenever they change; ours comes after it.
  DARK.addEventListener("change", () => window.setTimeout(show));
  document.addEventListener("policy-page-drawn", show);
})();
