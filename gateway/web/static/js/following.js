// A connection that tells of what happens; one that is lost, or has gone silent, is shown and begun anew.
import { say } from "./words.js";

// The server says every 15 s that it is there; a connection that forgot us without a word says nothing.
const SILENCE = 40_000;
const SOON = 1000;
const LONGEST_PAUSE = 30_000;

// `takes`: what is done with the data of each kind of event. `opened` is told whether it had been lost,
// `refused` says why, when the server would not have us, with the status of its answer.
export function follow(address, { takes, opened = () => {}, refused }) {
  // From where this page's data was read: nothing is missed between the page and the connection.
  let last = document.body.dataset.lastEvent ?? "";
  let source, lost, again, silence;
  let pause = SOON;
  // The bar may have been drawn anew meanwhile.
  const sign = () => document.querySelector("[data-live]");

  function showLost(why = say("offline")) {
    sign().firstElementChild.textContent = why;
    sign().hidden = false;
  }

  function heard() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      showLost();
      connect();
    }, SILENCE);
  }

  function isOpen() {
    heard();
    clearTimeout(lost);
    lost = undefined;
    pause = SOON;
    const wasLost = !sign().hidden;
    sign().hidden = true;
    opened(wasLost);
  }

  // The browser tries again by itself, unless it was refused: then we ask why, and try less and less often.
  async function broken() {
    lost ??= setTimeout(showLost, 1500);
    const failed = source;
    if (failed.readyState !== EventSource.CLOSED) return;
    const answer = refused && (await fetch(address, { method: "HEAD" }).catch(() => null));
    if (failed !== source) return;
    const why = answer && refused(answer.status);
    if (why) {
      clearTimeout(lost);
      showLost(why);
    }
    again = setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  function disconnect() {
    clearTimeout(again);
    clearTimeout(silence);
    source?.close();
  }

  function connect() {
    disconnect();
    heard();
    const from = new URL(address, location.href);
    if (last) from.searchParams.set("last_event_id", last);
    source = new EventSource(from);
    source.addEventListener("open", isOpen);
    source.addEventListener("error", broken);
    source.addEventListener("alive", heard);
    for (const [kind, take] of Object.entries(takes)) {
      source.addEventListener(kind, (event) => {
        heard();
        last = event.lastEventId || last;
        take(event.data ? JSON.parse(event.data) : {});
      });
    }
  }

  connect();
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && connect());
}
