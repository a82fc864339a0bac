/* The head of the page: browsers share, save and copy from it. An answer brings the sentence; all
   else follows from the query. */
import { byId } from "./page.js";

export function renewHead(search) {
  const sentence = byId("description").content;
  put(sentence, "og-description", "og-words", "twitter-description", "twitter-words");
  renewAddresses(search);
  hideFromSearchEngines(location.search || byId("main").dataset.base.includes("@"));
}

/* Each keeps the path that the server gave it. A draft has none of them. */
function renewAddresses(search) {
  const [canonical, picture, oembed] = ["canonical", "og-image", "oembed"].map(byId);
  if (!canonical) return;
  canonical.href = withSearch(canonical.href, search);
  put(canonical.href, "og-url");
  put(withSearch(picture.content, search), "og-image", "twitter-image");
  const asked = new URL(oembed.href);
  asked.searchParams.set("url", canonical.href);
  oembed.href = asked.href;
}

const withSearch = (address, search) => Object.assign(new URL(address), { search }).href;

function put(content, ...ids) {
  for (const meta of ids.map(byId)) if (meta) meta.content = content;
}

function hideFromSearchEngines(hidden) {
  const robots = byId("robots");
  if (!hidden) robots?.remove();
  if (!hidden || robots) return;
  const meta = { id: "robots", name: "robots", content: "noindex, nofollow" };
  document.head.append(Object.assign(document.createElement("meta"), meta));
}
