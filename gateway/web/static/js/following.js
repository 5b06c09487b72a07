// The employee's pages follow the server; a connection that is lost, or has gone silent, is shown and begun anew.
import { say } from "./words.js";

const ADDRESS = "/portal/live";
// The server says every 15 s that it is there; a connection that forgot us without a word says nothing.
const SILENCE = 40_000;
const LONGEST_PAUSE = 30_000;

export function follow({ ticket, reset }) {
  const sign = document.querySelector("[data-live]");
  let last = document.body.dataset.lastEvent ?? "";
  let source, lost, again, silence;
  let pause = 1000;

  function showLost() {
    sign.firstElementChild.textContent = say("offline");
    sign.hidden = false;
  }

  function heard() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      showLost();
      connect();
    }, SILENCE);
  }

  function opened() {
    heard();
    clearTimeout(lost);
    lost = undefined;
    pause = 1000;
    sign.hidden = true;
  }

  // The browser tries again by itself, unless it was refused: then we try, less and less often.
  function broken() {
    lost ??= setTimeout(showLost, 1500);
    if (source.readyState !== EventSource.CLOSED) return;
    again = setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  function disconnect() {
    clearTimeout(again);
    clearTimeout(silence);
    source?.close();
  }

  const taken = (take) => (event) => {
    heard();
    last = event.lastEventId || last;
    take(event.data ? JSON.parse(event.data) : {});
  };

  // From where this page's data was read: nothing is missed between the page and the connection.
  function connect() {
    disconnect();
    heard();
    source = new EventSource(`${ADDRESS}${last ? `?last_event_id=${encodeURIComponent(last)}` : ""}`);
    source.addEventListener("open", opened);
    source.addEventListener("error", broken);
    source.addEventListener("alive", heard);
    source.addEventListener("ticket", taken(ticket));
    source.addEventListener("reset", taken(() => reset()));
  }

  connect();
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && connect());
}
