// The chat page works without this file: [1] is a plain link, a source is a native <details>.
// It adds: the source opens where the page stands, copying, and the page follows a new question.
(() => {
  "use strict";
  const gentle = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  const openSource = (link) => {
    const body = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const source = body && body.closest("details");
    if (!source) return false;
    source.open = true;
    const summary = source.querySelector("summary");
    summary.focus({ preventScroll: true });
    source.scrollIntoView({ behavior: gentle(), block: "start" });
    return true;
  };

  const copied = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (error) {
        console.warn(error); // permission refused: the older way below still works
      }
    }
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const copy = async (button) => {
    const text = button.parentElement.querySelector(".hd-copytext").textContent;
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = (await copied(text)) ? "Đã chép ✓" : "Không chép được: hãy bôi đen rồi chép";
    button.focus({ preventScroll: true });
    setTimeout(() => { button.textContent = label; }, 2500);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.hd-cite");
    if (link && openSource(link)) event.preventDefault();
    const button = event.target.closest("button.hd-copy");
    if (button) copy(button);
  });

  // Gradio reads a message's HTML out as its label, names its parts in English, and sets the language of the browser.
  const relabel = () => {
    if (document.documentElement.lang !== "vi") document.documentElement.lang = "vi";
    document.querySelectorAll("#hd-chat [data-testid][aria-label]").forEach((one) => one.removeAttribute("aria-label"));
    const log = document.querySelector("#hd-chat [role=log]");
    if (log && log.ariaLabel !== "Cuộc trò chuyện") log.ariaLabel = "Cuộc trò chuyện";
  };

  let asked = 0;
  const follow = () => {
    const questions = document.querySelectorAll(".hd-question");
    if (questions.length > asked) questions[questions.length - 1].scrollIntoView({ behavior: gentle(), block: "start" });
    asked = questions.length;
  };

  new MutationObserver(() => { relabel(); follow(); }).observe(document.documentElement, {
    attributes: true, attributeFilter: ["lang", "aria-label"], childList: true, subtree: true,
  });
})();
