/* The head of the page: browsers share, save and copy from it. An answer brings the sentence; all
   else follows from the query. */
import { byId } from "./page.js";

export function renewHead(query) {
  const { base } = byId("main").dataset;
  const place = location.origin + base;
  const address = place + query;
  const sentence = byId("description").content;
  put(sentence, "og-description", "og-words", "twitter-description", "twitter-words");
  put(address, "og-url");
  put(`${place}-/card.png${query}`, "og-image", "twitter-image");
  if (byId("canonical")) byId("canonical").href = address;
  if (byId("oembed")) {
    const url = encodeURIComponent(address).replaceAll("%2F", "/");
    byId("oembed").href = `${location.origin}/oembed?format=json&url=${url}`;
  }
  hideFromSearchEngines(location.search || base.includes("@"));
}

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
