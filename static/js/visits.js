/* What is new since a reader's last visit. The number of the release that was read is kept in this
   browser, where that is allowed, and sent nowhere; what has changed since is the server's page. */
import { byId } from "./page.js";

const { base, release } = byId("main").dataset;

function sayWhatIsNew(read) {
  byId("meta").insertAdjacentHTML(
    "afterend",
    `<p class="facts" id="news">Since your last visit:
      <a href="${base}changes/${read}..${release}/">what release ${release} changed</a>
      <button type="button" class="link-button">Hide</button></p>`,
  );
  byId("news").addEventListener("click", ({ target }) => {
    if (!target.matches("a, button")) return;
    localStorage.setItem(base, release);
    if (target.matches("button")) byId("news").remove();
  });
}

try {
  const read = Number(localStorage.getItem(base));
  if (release && read && read < release) sayWhatIsNew(read);
  else if (release) localStorage.setItem(base, release);
} catch {
  // no storage: nobody knows of a last visit
}
