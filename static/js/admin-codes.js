/* Recovery codes to the clipboard, or to paper. Without a script they are copied by hand. */

const codes = document.querySelector("#recovery-codes");
const state = document.querySelector("#codes-state");

document.querySelector("#copy-codes").addEventListener("click", async () => {
  const lines = [...codes.querySelectorAll("code")].map((code) => code.textContent.trim());
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
    state.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(codes);
    state.textContent = "Selected: copy them with Ctrl+C.";
  }
});
document.querySelector("#print-codes").addEventListener("click", () => print());
document.querySelector(".code-buttons").hidden = false;
