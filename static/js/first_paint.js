/* Before anything is painted: the colours that the reader chose (theme.js keeps them). The page
   waits for this file, so that nobody who chose dark sees a white page first. */
try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "auto";
} catch {
  // no storage: the system's colours
}
