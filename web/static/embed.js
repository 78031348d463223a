/* For the bureau's own site: a button in the corner that opens the page in a frame.
   <script src="https://zc.example.gov.cn/ui/embed.js" data-lang="zh" defer></script>
   Only sites that POLICYQA_EMBED_ORIGINS names may show the frame; elsewhere the browser leaves it empty. */
(() => {
  "use strict";
  const script = document.currentScript;
  const english = script.dataset.lang === "en";
  const words = english ? { open: "Policy Q&A", close: "Close" } : { open: "政策问答", close: "关闭" };
  const address = new URL("../?lang=" + (english ? "en" : "zh"), script.src);
  const COLOUR = "#1f5a96";
  const narrow = () => window.matchMedia("(max-width: 600px)").matches;

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  Object.assign(button.style, {
    position: "fixed", right: "20px", bottom: "20px", zIndex: "2147483001", minWidth: "48px", minHeight: "48px", padding: "0 20px",
    border: "0", borderRadius: "24px", background: COLOUR, color: "#fff", font: "600 16px/1 sans-serif", cursor: "pointer",
    boxShadow: "0 4px 16px rgba(10, 20, 40, .3)",
  });

  const frame = document.createElement("iframe");
  frame.title = words.open;
  frame.allow = "clipboard-write";
  frame.hidden = true;

  function place() {
    Object.assign(frame.style, {
      position: "fixed", zIndex: "2147483000", border: "0", background: "#fff", boxShadow: "0 8px 40px rgba(10, 20, 40, .35)",
      ...(narrow()
        ? { inset: "0 0 80px 0", width: "100%", height: "calc(100% - 80px)", borderRadius: "0" }
        : { inset: "auto 20px 84px auto", width: "min(420px, calc(100% - 40px))", height: "min(680px, calc(100% - 104px))", borderRadius: "14px" }),
    });
  }

  function show(open) {
    if (open && !frame.src) frame.src = address;  // nothing is fetched before somebody wants it
    place();
    frame.hidden = !open;
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
    else button.focus();
  }

  button.addEventListener("click", () => show(frame.hidden));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !frame.hidden) show(false); });
  window.addEventListener("resize", place);
  document.body.append(frame, button);
})();
